package dev.steelyard.optim.adamp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link AdamP}, with the defaults of the paper's code.
 *
 * <pre>{@code
 * AdamPOptions options = AdamPOptions.defaults().withLearningRate(3e-3).withWeightDecay(1e-2);
 * }</pre>
 *
 * @param learningRate finite, above 0; 1e-3
 * @param beta1 decay of the first moment, in [0, 1); 0.9
 * @param beta2 decay of the second moment, in [0, 1); 0.999
 * @param eps added to the root of the corrected second moment, and to norms in the projection; above 0; 1e-8
 * @param weightDecay share of the parameter, times the learning rate, that is taken off at each step, at least 0; 0
 * @param delta how small the cosine of gradient and weight must be, in units of {@code 1/sqrt(row length)}, for the
 *     update to be projected; at least 0, and 0 never projects; 0.1
 * @param weightDecayRatio factor of the decay of projected weights, in [0, 1]; 0.1
 * @param nesterov whether the step looks ahead along the first moment; false
 */
@RecordBuilder
public record AdamPOptions(
        double learningRate,
        double beta1,
        double beta2,
        double eps,
        double weightDecay,
        double delta,
        double weightDecayRatio,
        boolean nesterov)
        implements AdamPOptionsBuilder.With {

    public AdamPOptions {
        Bounds.requirePositive("learningRate", learningRate);
        Bounds.requireBelowOne("beta1", beta1);
        Bounds.requireBelowOne("beta2", beta2);
        Bounds.requirePositive("eps", eps);
        Bounds.requireNotNegative("weightDecay", weightDecay);
        Bounds.requireNotNegative("delta", delta);
        Bounds.requireFraction("weightDecayRatio", weightDecayRatio);
    }

    /** 1e-3, 0.9, 0.999, 1e-8, no decay, delta 0.1, ratio 0.1, no Nesterov. */
    public static AdamPOptions defaults() {
        return new AdamPOptions(1e-3, 0.9, 0.999, 1e-8, 0, 0.1, 0.1, false);
    }
}
