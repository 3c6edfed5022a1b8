package dev.steelyard.optim.frugal;

import static dev.steelyard.optim.OptionRange.requireAtLeast;
import static dev.steelyard.optim.OptionRange.requireBelow;

import dev.steelyard.optim.kernel.AdamUpdate;
import dev.steelyard.optim.kernel.ElementwiseUpdate;
import dev.steelyard.optim.kernel.LionUpdate;
import dev.steelyard.optim.kernel.MomentumUpdate;
import dev.steelyard.torch.Tensor;
import java.util.List;

/** The rule for the part that has state: from its gradient to its movement, the sign included. */
public sealed interface StateFull {

    /** AdamW's bias-corrected step. Defaults: 0.9, 0.999, 1e-8. */
    record AdamRule(double beta1, double beta2, double eps) implements StateFull {

        public AdamRule {
            requireBelow("beta1", beta1, 0, 1);
            requireBelow("beta2", beta2, 0, 1);
            requireAtLeast("eps", eps, 0);
        }

        @Override
        public ElementwiseUpdate update(long step, double learningRate, double shrink) {
            return AdamUpdate.shrinkingAtStep(step, learningRate, beta1, beta2, eps, 0, shrink);
        }

        @Override
        public List<String> buffers() {
            return List.of("moment1", "moment2");
        }

        @Override
        public Tensor movement(Memory memory, Tensor gradient, double learningRate) {
            long k = memory.nextStep();
            Tensor m = memory.buffer("moment1", gradient);
            Tensor v = memory.buffer("moment2", gradient);
            m.timesInPlace(beta1).addInPlace(gradient, 1 - beta1);
            v.timesInPlace(beta2).addProductInPlace(gradient, gradient, 1 - beta2);
            Tensor denominator =
                    v.sqrt().timesInPlace(1 / Math.sqrt(1 - Math.pow(beta2, k))).addInPlace(eps);
            return m.over(denominator).timesInPlace(-learningRate / (1 - Math.pow(beta1, k)));
        }
    }

    /** Lion's sign step. Defaults: 0.9, 0.99. */
    record LionRule(double beta1, double beta2) implements StateFull {

        public LionRule {
            requireBelow("beta1", beta1, 0, 1);
            requireBelow("beta2", beta2, 0, 1);
        }

        @Override
        public ElementwiseUpdate update(long step, double learningRate, double shrink) {
            return new LionUpdate(beta1, beta2, learningRate, shrink);
        }

        @Override
        public Tensor movement(Memory memory, Tensor gradient, double learningRate) {
            memory.nextStep();
            Tensor m = memory.buffer("moment1", gradient);
            Tensor movement =
                    m.times(beta1).addInPlace(gradient, 1 - beta1).sign().timesInPlace(-learningRate);
            m.timesInPlace(beta2).addInPlace(gradient, 1 - beta2);
            return movement;
        }
    }

    /** SGD with momentum: {@code m = momentum m + (1 - dampening) g}. */
    record MomentumRule(double momentum, double dampening) implements StateFull {

        public MomentumRule {
            requireBelow("momentum", momentum, 0, 1);
            requireBelow("dampening", dampening, 0, 1);
        }

        @Override
        public ElementwiseUpdate update(long step, double learningRate, double shrink) {
            return new MomentumUpdate(momentum, 1 - dampening, learningRate, 0, 0, shrink);
        }

        @Override
        public Tensor movement(Memory memory, Tensor gradient, double learningRate) {
            memory.nextStep();
            Tensor m = memory.buffer("moment1", gradient);
            m.timesInPlace(momentum).addInPlace(gradient, 1 - dampening);
            return m.times(-learningRate);
        }
    }

    /** What a rule remembers of one tensor since the last reset. */
    interface Memory {

        /** Counts a step and returns its number, 1 after a reset. */
        long nextStep();

        /** The buffer of this name, zeros of the shape and type of {@code like} when it is new. */
        Tensor buffer(String name, Tensor like);
    }

    /**
     * Takes a gradient in and gives the movement to be added to the weights.
     *
     * @param learningRate already scaled by the schedule
     */
    Tensor movement(Memory memory, Tensor gradient, double learningRate);

    /**
     * The whole step in one pass.
     *
     * @param step number of the step since the last reset, from 1
     * @param learningRate already scaled by the schedule
     * @param shrink factor of the weights before the step
     */
    ElementwiseUpdate update(long step, double learningRate, double shrink);

    /** Names of the buffers, in the order in which {@link #update} takes them. */
    default List<String> buffers() {
        return List.of("moment1");
    }

    /** AdamW with its usual constants. */
    static StateFull adamW() {
        return new AdamRule(0.9, 0.999, 1e-8);
    }
}
