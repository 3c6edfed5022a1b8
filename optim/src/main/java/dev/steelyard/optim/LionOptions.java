package dev.steelyard.optim;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link Lion}.
 *
 * @param learningRate how far every element moves at a step, at least 0; 1e-4 in the paper
 * @param beta1 weight of the momentum in the direction of the step, in [0, 1); 0.9 in the paper
 * @param beta2 decay of the momentum, in [0, 1); 0.99 in the paper
 * @param weightDecay share of the parameter, times the learning rate, that is taken off at each step, at least 0;
 *     0 by default
 */
@RecordBuilder
public record LionOptions(double learningRate, double beta1, double beta2, double weightDecay) {

    public LionOptions {
        OptionRange.requireAtLeast("learningRate", learningRate, 0);
        OptionRange.requireBelow("beta1", beta1, 0, 1);
        OptionRange.requireBelow("beta2", beta2, 0, 1);
        OptionRange.requireAtLeast("weightDecay", weightDecay, 0);
    }

    /** The paper's: 1e-4, 0.9, 0.99, no decay. */
    public static LionOptions defaults() {
        return new LionOptions(1e-4, 0.9, 0.99, 0);
    }
}
