package dev.steelyard.optim;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link Sgd}.
 *
 * @param learningRate at least 0; 1e-3 by default, as in PyTorch
 * @param momentum decay of the momentum buffer, in [0, 1); 0, which keeps no buffer, by default
 * @param dampening share of the gradient that does not enter the momentum buffer, in [0, 1]; 0 by default
 * @param nesterov whether the step looks ahead along the momentum; needs momentum, and no dampening
 * @param weightDecay factor of the parameter that is added to its gradient (L2 penalty), at least 0; 0 by default
 */
@RecordBuilder
public record SgdOptions(double learningRate, double momentum, double dampening, boolean nesterov, double weightDecay) {

    public SgdOptions {
        OptionRange.requireAtLeast("learningRate", learningRate, 0);
        OptionRange.requireBelow("momentum", momentum, 0, 1);
        OptionRange.requireWithin("dampening", dampening, 0, 1);
        OptionRange.requireAtLeast("weightDecay", weightDecay, 0);
        if (nesterov && (momentum == 0 || dampening != 0)) {
            throw new IllegalArgumentException(
                    "nesterov needs a momentum above 0 and a dampening of 0, were " + momentum + " and " + dampening);
        }
    }

    /** PyTorch's: 1e-3, no momentum, no decay. */
    public static SgdOptions defaults() {
        return new SgdOptions(1e-3, 0, 0, false, 0);
    }
}
