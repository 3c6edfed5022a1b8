package dev.steelyard.optim;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link SignSgd}.
 *
 * @param learningRate how far every element moves at a step, at least 0; 1e-4 by default, the scale of Lion's
 * @param weightDecay share of the parameter, times the learning rate, that is taken off at each step, at least 0;
 *     0 by default
 */
@RecordBuilder
public record SignSgdOptions(double learningRate, double weightDecay) {

    public SignSgdOptions {
        OptionRange.requireAtLeast("learningRate", learningRate, 0);
        OptionRange.requireAtLeast("weightDecay", weightDecay, 0);
    }

    /** 1e-4, no decay. */
    public static SignSgdOptions defaults() {
        return new SignSgdOptions(1e-4, 0);
    }
}
