package dev.steelyard.optim.lionk;

import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;

/**
 * What can be told of a point of Lion-K beside its loss.
 *
 * @param violation {@link ConvexFunction#domainExcess} of {@code lambda x}: at most 0 when the constraint is met
 * @param score {@code S(x) = K(-g) + K*(lambda x) + lambda g.x}, at least 0, zero exactly at stationary points of
 *     {@code f(x) + K*(lambda x) / lambda}; infinite outside the constraint
 * @param lyapunov {@code H(x, m)} of the discrete method; infinite outside the constraint
 */
public record LionDiagnostics(double violation, double score, double lyapunov) {

    /**
     * Measures one tensor.
     *
     * @param loss f(x)
     * @param gradient of f at x
     * @param x the parameter
     * @param momentum m
     * @param options K, lambda, betas and learning rate
     * @throws IllegalStateException if there is no decay or {@code beta1 > beta2}
     */
    public static LionDiagnostics measure(
            double loss, Tensor gradient, Tensor x, Tensor momentum, LionKOptions options) {
        return measure(loss, gradient, x, momentum, options, options.learningRate());
    }

    /** The same at a schedule's learning rate, which may be 0. */
    static LionDiagnostics measure(
            double loss, Tensor gradient, Tensor x, Tensor momentum, LionKOptions options, double learningRate) {
        double lambda = options.weightDecay();
        return new LionDiagnostics(
                violation(options.function(), x, lambda),
                score(options.function(), x, gradient, lambda),
                lyapunov(loss, x, momentum, options, learningRate));
    }

    /** How far {@code lambda x} lies outside the domain of K*. */
    public static double violation(ConvexFunction function, Tensor x, double lambda) {
        requireDecay(lambda);
        try (Scope scope = Scope.open()) {
            return function.domainExcess(x.detach().times(lambda));
        }
    }

    /** The optimality score S, at least 0. */
    public static double score(ConvexFunction function, Tensor x, Tensor gradient, double lambda) {
        requireDecay(lambda);
        try (Scope scope = Scope.open()) {
            return function.value(gradient.negative())
                    + function.conjugate(x.detach().times(lambda))
                    + lambda * Vectors.dot(gradient, x);
        }
    }

    /**
     * The discrete Lyapunov function
     * {@code H = f(x) + K*(lambda x)/lambda + a (K*(lambda x) + K(m) - lambda m.x)}.
     */
    public static double lyapunov(double loss, Tensor x, Tensor momentum, LionKOptions options) {
        return lyapunov(loss, x, momentum, options, options.learningRate());
    }

    private static double lyapunov(double loss, Tensor x, Tensor momentum, LionKOptions options, double learningRate) {
        double lambda = options.weightDecay();
        requireDecay(lambda);
        try (Scope scope = Scope.open()) {
            double conjugate = options.function().conjugate(x.detach().times(lambda));
            double gap = conjugate + options.function().value(momentum) - lambda * Vectors.dot(momentum, x);
            return loss + conjugate / lambda + lyapunovWeight(options, learningRate) * gap;
        }
    }

    /**
     * The weight {@code a = eps beta1 / (eps lambda (1 - beta1) + (1 - beta2))} of the Lyapunov function, for the
     * implicit form's eps.
     *
     * @throws IllegalStateException if {@code beta1 > beta2}, for which H is not known to fall
     */
    public static double lyapunovWeight(LionKOptions options) {
        return lyapunovWeight(options, options.learningRate());
    }

    private static double lyapunovWeight(LionKOptions options, double rate) {
        if (options.beta1() > options.beta2()) {
            throw new IllegalStateException("the Lyapunov function needs beta1 <= beta2, but they are "
                    + options.beta1() + " and " + options.beta2());
        }
        return rate * options.beta1() / (rate * options.weightDecay() * (1 - options.beta1()) + 1 - options.beta2());
    }

    static void requireDecay(double lambda) {
        if (!(lambda > 0)) {
            throw new IllegalStateException(
                    "the diagnostics of Lion-K need a weightDecay above 0, which is what makes the constraint; it is "
                            + lambda);
        }
    }

    LionDiagnostics plus(LionDiagnostics other) {
        return new LionDiagnostics(
                Math.max(violation, other.violation), score + other.score, lyapunov + other.lyapunov);
    }
}
