package dev.steelyard.optim.lionk;

import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;

/**
 * {@code K(z) = log sum exp z}: exponentiated gradient. Decay keeps {@code lambda x} in the probability simplex, with
 * its negative entropy as penalty. The one function of the catalogue that is not even.
 */
public record LogSumExp() implements ConvexFunction {

    @Override
    public void requireFits(long... shape) {
        if (Arrays.stream(shape).anyMatch(size -> size == 0)) {
            throw new IllegalArgumentException(
                    "log-sum-exp needs at least one element, the shape is " + Arrays.toString(shape));
        }
    }

    @Override
    public double value(Tensor z) {
        requireFits(z.shape());
        try (Scope scope = Scope.open()) {
            Tensor precise = Vectors.precise(z);
            double largest = precise.max().item();
            return largest + Math.log(precise.minus(largest).exp().sum().item());
        }
    }

    @Override
    public Tensor subgradient(Tensor z) {
        return Functions.softmax(z.reshape(z.count())).reshape(z.shape());
    }

    @Override
    public double conjugate(Tensor u) {
        if (!inDomain(u)) {
            return Double.POSITIVE_INFINITY;
        }
        return Arrays.stream(u.toDoubles())
                .map(entry -> entry <= 0 ? 0 : entry * Math.log(entry))
                .sum();
    }

    /** {@code log u + 1}; minus infinity at zeros, where the entropy has no subgradient. */
    @Override
    public Tensor conjugateSubgradient(Tensor u) {
        return u.log().plus(1);
    }

    @Override
    public double domainExcess(Tensor u) {
        requireFits(u.shape());
        try (Scope scope = Scope.open()) {
            Tensor precise = Vectors.precise(u);
            double lowest = -precise.negative().max().item();
            return Math.max(-lowest, Math.abs(precise.sum().item() - 1));
        }
    }

    @Override
    public Tensor project(Tensor u) {
        return Vectors.like(u, Simplex.project(u.toDoubles()));
    }

    @Override
    public boolean even() {
        return false;
    }
}
