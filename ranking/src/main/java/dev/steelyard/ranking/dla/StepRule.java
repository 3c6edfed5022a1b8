package dev.steelyard.ranking.dla;

/** How a gradient becomes a step. */
public enum StepRule {
    /** acc += g^2, theta -= rate g / sqrt(acc), acc starting at 0.1: the default of the paper's code. */
    ADAGRAD,
    /** theta -= rate g: a rate that does not fall, for users whose habits keep changing. */
    SGD
}
