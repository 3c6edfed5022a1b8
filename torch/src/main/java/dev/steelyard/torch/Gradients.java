package dev.steelyard.torch;

import java.util.Collection;

/** What training loops do with the gradients of all parameters at once. */
public final class Gradients {

    private Gradients() {}

    /**
     * Scales all gradients so that their common Euclidean norm is at most {@code maximum}.
     *
     * @return the norm before scaling; NaN or infinity when a gradient is not finite, and then nothing is scaled
     */
    public static double clip(Collection<Tensor> parameters, double maximum) {
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            double squares = 0;
            for (Tensor parameter : parameters) {
                Tensor grad = parameter.grad();
                if (grad != null) {
                    double norm = grad.norm().item();
                    squares += norm * norm;
                }
            }
            double norm = Math.sqrt(squares);
            if (Double.isFinite(norm) && norm > maximum) {
                for (Tensor parameter : parameters) {
                    Tensor grad = parameter.grad();
                    if (grad != null) {
                        grad.timesInPlace(maximum / norm);
                    }
                }
            }
            return norm;
        }
    }
}
