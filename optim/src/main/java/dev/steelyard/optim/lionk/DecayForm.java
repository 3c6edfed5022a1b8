package dev.steelyard.optim.lionk;

/** Where the step of the weight decay is taken. Both are one map: explicit with {@code e / (1 + e lambda)} is
 * implicit with {@code e}. */
public enum DecayForm {
    /** {@code x + e (dK(m) - lambda x)}, as Lion is coded; needs {@code e lambda < 1}. */
    EXPLICIT,
    /** {@code (x + e dK(m)) / (1 + e lambda)}, as the paper analyses it. */
    IMPLICIT
}
