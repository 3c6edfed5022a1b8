package dev.steelyard.optim;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link Adam}.
 *
 * @param learningRate at least 0; 1e-3 in the paper
 * @param beta1 decay of the first moment, in [0, 1); 0.9 in the paper
 * @param beta2 decay of the second moment, in [0, 1); 0.999 in the paper
 * @param eps added to the root of the corrected second moment, at least 0; 1e-8 in the paper
 * @param weightDecay factor of the parameter that is added to its gradient (L2 penalty), at least 0; 0 by default
 */
@RecordBuilder
public record AdamOptions(double learningRate, double beta1, double beta2, double eps, double weightDecay) {

    public AdamOptions {
        OptionRange.requireAtLeast("learningRate", learningRate, 0);
        OptionRange.requireBelow("beta1", beta1, 0, 1);
        OptionRange.requireBelow("beta2", beta2, 0, 1);
        OptionRange.requireAtLeast("eps", eps, 0);
        OptionRange.requireAtLeast("weightDecay", weightDecay, 0);
    }

    /** The paper's: 1e-3, 0.9, 0.999, 1e-8, no decay. */
    public static AdamOptions defaults() {
        return new AdamOptions(1e-3, 0.9, 0.999, 1e-8, 0);
    }
}
