package dev.steelyard.optim.adamp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link SgdP}, with the defaults of the paper's code.
 *
 * <pre>{@code
 * SgdPOptions options = SgdPOptions.of(0.1).withMomentum(0.9).withWeightDecay(1e-4);
 * }</pre>
 *
 * @param learningRate finite, above 0; no default
 * @param momentum decay of the momentum buffer, in [0, 1); 0, which keeps no buffer
 * @param dampening share of the gradient that does not enter the buffer, in [0, 1]; 0
 * @param weightDecay L2 strength, at least 0; it is decoupled, and divided by {@code 1 - momentum} so that it is as
 *     strong as the coupled L2 of SGD with momentum; 0
 * @param nesterov whether the step looks ahead along the momentum; false
 * @param eps added to norms in the projection; above 0; 1e-8
 * @param delta how small the cosine of gradient and weight must be, in units of {@code 1/sqrt(row length)}, for the
 *     update to be projected; at least 0, and 0 never projects; 0.1
 * @param weightDecayRatio factor of the decay of projected weights, in [0, 1]; 0.1
 * @param projectBuffer whether, without Nesterov, the momentum buffer itself is projected too, as the paper's code
 *     does (true, the default) or keeps its part along the weight, as in the paper's pseudo-code (false). With
 *     Nesterov the buffer is never projected
 */
@RecordBuilder
public record SgdPOptions(
        double learningRate,
        double momentum,
        double dampening,
        double weightDecay,
        boolean nesterov,
        double eps,
        double delta,
        double weightDecayRatio,
        boolean projectBuffer)
        implements SgdPOptionsBuilder.With {

    public SgdPOptions {
        Bounds.requirePositive("learningRate", learningRate);
        Bounds.requireBelowOne("momentum", momentum);
        Bounds.requireFraction("dampening", dampening);
        Bounds.requireNotNegative("weightDecay", weightDecay);
        Bounds.requirePositive("eps", eps);
        Bounds.requireNotNegative("delta", delta);
        Bounds.requireFraction("weightDecayRatio", weightDecayRatio);
    }

    /** The defaults of the paper's code at a learning rate. */
    public static SgdPOptions of(double learningRate) {
        return new SgdPOptions(learningRate, 0, 0, 0, false, 1e-8, 0.1, 0.1, true);
    }
}
