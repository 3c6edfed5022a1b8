package dev.steelyard.optim;

import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import java.util.function.Function;

/** A parameter of one float64 element, small enough to be worked by hand. */
final class OneElement {

    private OneElement() {}

    /** Where the element stands after a step along each of the gradients. */
    static double afterSteps(Function<Map<String, Tensor>, Optimizer> maker, double start, double... gradients) {
        try (Scope scope = Scope.open()) {
            Tensor parameter = Tensor.of(new double[] {start}, 1).requiresGrad();
            try (Optimizer optimizer = maker.apply(Map.of("x", parameter))) {
                for (double gradient : gradients) {
                    parameter.grad(Tensor.of(new double[] {gradient}, 1));
                    optimizer.step();
                }
            }
            return parameter.detach().item();
        }
    }
}
