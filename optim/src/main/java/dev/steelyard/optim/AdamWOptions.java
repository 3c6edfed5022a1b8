package dev.steelyard.optim;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link AdamW}.
 *
 * <pre>{@code
 * AdamWOptions options = AdamWOptionsBuilder.builder(AdamWOptions.defaults()).learningRate(3e-4).build();
 * }</pre>
 *
 * @param learningRate at least 0; 1e-3 by default
 * @param beta1 decay of the first moment, in [0, 1); 0.9 by default
 * @param beta2 decay of the second moment, in [0, 1); 0.999 by default
 * @param eps added to the root of the corrected second moment, at least 0; 1e-8 by default
 * @param weightDecay share of the parameter, times the learning rate, that is taken off at each step, at least 0;
 *     0.01 by default, as in PyTorch
 */
@RecordBuilder
public record AdamWOptions(double learningRate, double beta1, double beta2, double eps, double weightDecay) {

    public AdamWOptions {
        OptionRange.requireAtLeast("learningRate", learningRate, 0);
        OptionRange.requireBelow("beta1", beta1, 0, 1);
        OptionRange.requireBelow("beta2", beta2, 0, 1);
        OptionRange.requireAtLeast("eps", eps, 0);
        OptionRange.requireAtLeast("weightDecay", weightDecay, 0);
    }

    /** PyTorch's: 1e-3, 0.9, 0.999, 1e-8, 0.01. */
    public static AdamWOptions defaults() {
        return new AdamWOptions(1e-3, 0.9, 0.999, 1e-8, 0.01);
    }
}
