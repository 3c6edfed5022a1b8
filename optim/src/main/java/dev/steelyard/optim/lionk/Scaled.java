package dev.steelyard.optim.lionk;

import dev.steelyard.torch.Tensor;
import java.util.Objects;

/**
 * {@code K = w K_0}, with {@code K*(u) = w K_0*(u / w)}: the domain grows by {@code w}. With {@code w = d^(1/q)} the
 * steps of {@link Lp} have entries of size about 1, as Lion's have.
 *
 * @param weight w, above 0
 * @param function {@code K_0}
 */
public record Scaled(double weight, ConvexFunction function) implements ConvexFunction {

    public Scaled {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("weight must be finite and above 0, was " + weight);
        }
        Objects.requireNonNull(function, "function");
    }

    @Override
    public void requireFits(long... shape) {
        function.requireFits(shape);
    }

    @Override
    public double value(Tensor z) {
        return weight * function.value(z);
    }

    @Override
    public Tensor subgradient(Tensor z) {
        return function.subgradient(z).times(weight);
    }

    @Override
    public double conjugate(Tensor u) {
        return weight * function.conjugate(u.over(weight));
    }

    @Override
    public Tensor conjugateSubgradient(Tensor u) {
        return function.conjugateSubgradient(u.over(weight));
    }

    @Override
    public double domainExcess(Tensor u) {
        return function.domainExcess(u.over(weight));
    }

    @Override
    public Tensor project(Tensor u) {
        return function.project(u.over(weight)).times(weight);
    }

    @Override
    public boolean even() {
        return function.even();
    }
}
