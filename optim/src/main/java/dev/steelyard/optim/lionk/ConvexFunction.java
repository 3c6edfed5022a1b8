package dev.steelyard.optim.lionk;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;

/**
 * The K of Lion-K: a convex function, finite everywhere, with its subgradient and its conjugate
 * {@code K*(u) = sup_z u.z - K(z)}. A tensor of any shape counts as one flat vector, save where a function says
 * otherwise. Values are summed in float64; the subgradient has the type of its argument.
 *
 * <p>Training with decay {@code lambda} minimises {@code f(x) + K*(lambda x) / lambda} (paper, section 3).
 */
public sealed interface ConvexFunction
        permits SeparableFunction, RowNormFunction, LInfinity, TopK, LogSumExp, Nuclear, Scaled, WeightedSum {

    /** {@code K(z)}. */
    double value(Tensor z);

    /** One subgradient of K at {@code z}, of its shape; zero at zero for norms. Always in the domain of K*. */
    Tensor subgradient(Tensor z);

    /** {@code K*(u)}; positive infinity outside the domain. */
    double conjugate(Tensor u);

    /** One subgradient of K* at a point of its domain; zero where K* is an indicator. */
    Tensor conjugateSubgradient(Tensor u);

    /**
     * How far {@code u} lies outside the domain of K*: at most 0 inside. For a norm it is the dual norm minus 1; minus
     * infinity if every point is inside.
     */
    double domainExcess(Tensor u);

    /** Whether {@code u} is in the domain of K*, up to a tolerance relative to the domain's size. */
    default boolean inDomain(Tensor u, double tolerance) {
        return domainExcess(u) <= tolerance;
    }

    /** The point of the closure of the domain of K* that is nearest to {@code u}. */
    Tensor project(Tensor u);

    /** Whether {@code K(-z) = K(z)}. */
    default boolean even() {
        return true;
    }

    /**
     * Checks that tensors of this shape can be used.
     *
     * @throws IllegalArgumentException if not; the message says what is needed
     */
    default void requireFits(long... shape) {}

    /** Slack of membership for tensors of a type: 1e-12 in float64, some roundings in shorter types. */
    static double tolerance(DType type) {
        return switch (type) {
            case FLOAT64 -> 1e-12;
            case FLOAT32 -> 1e-6;
            default -> 2e-2;
        };
    }

    /** Whether {@code u} is in the domain up to {@link #tolerance} of its type. */
    default boolean inDomain(Tensor u) {
        return inDomain(u, tolerance(u.dtype()));
    }
}
