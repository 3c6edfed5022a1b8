package dev.steelyard.optim.lionk;

import dev.steelyard.torch.DType;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Objects;
import java.util.Optional;

/**
 * Options of a group of Lion-K.
 *
 * @param function the convex function K; default {@link L1}, which is Lion
 * @param learningRate eps, above 0; default 1e-4, 3 to 10 times less than AdamW's (Lion's paper)
 * @param beta1 weight of the momentum in the look-ahead, in [0, 1); default 0.9
 * @param beta2 weight of the momentum in its own average, in [0, 1); default 0.99
 * @param weightDecay lambda, at least 0; default 0; use 3 to 10 times AdamW's
 * @param form default {@link DecayForm#EXPLICIT}
 * @param momentumType type the momentum is kept in, e.g. {@code BFLOAT16} for half the state; default: the
 *     parameter's type
 */
@RecordBuilder
public record LionKOptions(
        ConvexFunction function,
        double learningRate,
        double beta1,
        double beta2,
        double weightDecay,
        DecayForm form,
        Optional<DType> momentumType) {

    public LionKOptions {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(form, "form");
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learningRate must be finite and above 0, was " + learningRate);
        }
        requireBeta("beta1", beta1);
        requireBeta("beta2", beta2);
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("weightDecay must be finite and at least 0, was " + weightDecay);
        }
        requireNoOvershoot(form, learningRate, weightDecay);
        momentumType.ifPresent(type -> {
            if (!type.isFloating()) {
                throw new IllegalArgumentException("momentumType must be a floating type, was " + type);
            }
        });
    }

    private static void requireBeta(String name, double beta) {
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1), was " + beta);
        }
    }

    static void requireNoOvershoot(DecayForm form, double learningRate, double weightDecay) {
        if (form == DecayForm.EXPLICIT && learningRate * weightDecay >= 1) {
            throw new IllegalArgumentException("learningRate * weightDecay must be below 1 in the explicit form, was "
                    + learningRate + " * " + weightDecay + "; lower one of them or use the implicit form");
        }
    }

    /** Lion's defaults with another learning rate and decay. */
    public static LionKOptions lion(double learningRate, double weightDecay) {
        return of(new L1(), learningRate, weightDecay);
    }

    /** The defaults with a function, a learning rate and a decay. */
    public static LionKOptions of(ConvexFunction function, double learningRate, double weightDecay) {
        return new LionKOptions(function, learningRate, 0.9, 0.99, weightDecay, DecayForm.EXPLICIT, Optional.empty());
    }

    /** The same options in another form. */
    public LionKOptions in(DecayForm other) {
        return new LionKOptions(function, learningRate, beta1, beta2, weightDecay, other, momentumType);
    }

    /** The same options with other momentum weights. */
    public LionKOptions betas(double first, double second) {
        return new LionKOptions(function, learningRate, first, second, weightDecay, form, momentumType);
    }

    /** The same options with the momentum kept in a type. */
    public LionKOptions momentumIn(DType type) {
        return new LionKOptions(function, learningRate, beta1, beta2, weightDecay, form, Optional.of(type));
    }
}
