package dev.steelyard.optim.lionk;

import dev.steelyard.optim.OptimizerContract;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;

/** Holds Lion-K to the contract of all optimisers, with functions of every kind that its kernels treat apart. */
class LionKContractTest {

    abstract static class WithFunction extends OptimizerContract {

        private final ConvexFunction function;
        private final UnaryOperator<LionKOptions> choice;

        WithFunction(ConvexFunction function, UnaryOperator<LionKOptions> choice) {
            this.function = function;
            this.choice = choice;
        }

        @Override
        protected Optimizer create(Map<String, Tensor> parameters) {
            return LionK.of(parameters, choice.apply(LionKOptions.of(function, 0.01, 0.01)));
        }
    }

    @Nested
    class Lion extends WithFunction {
        Lion() {
            super(new L1(), options -> options);
        }
    }

    @Nested
    class ImplicitHuber extends WithFunction {
        ImplicitHuber() {
            super(new Huber(0.5), options -> options.in(DecayForm.IMPLICIT));
        }
    }

    @Nested
    class RowNorms extends WithFunction {
        RowNorms() {
            super(new GroupL2(), options -> options);
        }
    }

    @Nested
    class HalfOfTheState extends WithFunction {
        HalfOfTheState() {
            super(new SmoothAbsolute(0.1), options -> options.momentumIn(DType.BFLOAT16));
        }

        /** The momentum has 8 bits in both, but a look-ahead in float32 may round to its neighbour. */
        @Override
        protected double float32Tolerance() {
            return 1e-4;
        }
    }
}
