package dev.steelyard.optim.lionk;

import dev.steelyard.torch.Functions;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** A function f of one tensor with its gradient. */
public interface DifferentiableFunction {

    /** {@code f(x)}. */
    double value(Tensor x);

    /** The gradient of f at x, of its shape. */
    Tensor gradient(Tensor x);

    /** A function written with tensor operations, differentiated automatically; its result is a scalar tensor. */
    static DifferentiableFunction of(UnaryOperator<Tensor> scalar) {
        return new DifferentiableFunction() {
            @Override
            public double value(Tensor x) {
                try (Scope scope = Scope.open();
                        NoGrad noGrad = NoGrad.open()) {
                    return scalar.apply(x).item();
                }
            }

            @Override
            public Tensor gradient(Tensor x) {
                Tensor point = x.detach().copy().requiresGrad();
                return Functions.gradients(scalar.apply(point), List.of(point), false)
                        .getFirst();
            }
        };
    }

    /** {@code |A x - b|^2 / 2} for a matrix A (n, d) and a vector b (n). */
    static DifferentiableFunction leastSquares(Tensor a, Tensor b) {
        Tensor transposed = a.t().contiguous();
        Tensor gram = transposed.matmul(a);
        Tensor moment = transposed.matmul(b);
        return new DifferentiableFunction() {
            @Override
            public double value(Tensor x) {
                try (Scope scope = Scope.open()) {
                    return a.matmul(x).minus(b).square().sum().item() / 2;
                }
            }

            @Override
            public Tensor gradient(Tensor x) {
                return gram.matmul(x).minus(moment);
            }
        };
    }

    /** {@code x.A x / 2 - b.x} for a symmetric matrix A (d, d). */
    static DifferentiableFunction quadratic(Tensor a, Tensor b) {
        return new DifferentiableFunction() {
            @Override
            public double value(Tensor x) {
                try (Scope scope = Scope.open()) {
                    return a.matmul(x).over(2).minus(b).times(x).sum().item();
                }
            }

            @Override
            public Tensor gradient(Tensor x) {
                return a.matmul(x).minus(b);
            }
        };
    }
}
