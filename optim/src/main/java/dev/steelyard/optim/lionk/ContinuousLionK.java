package dev.steelyard.optim.lionk;

import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;

/**
 * Lion-K in continuous time (paper, section 3), for study:
 *
 * <pre>{@code
 * m' = -alpha grad f(x) - gamma m
 * x' = dK(m + epsilon m') - lambda x
 * }</pre>
 *
 * It minimises {@code alpha f(x) + (gamma / lambda) K*(lambda x)}. A step of length eta of Euler's is Lion-K with
 * {@code beta1 = 1 - epsilon gamma}, {@code beta2 = 1 - eta gamma} and {@code alpha = gamma}.
 *
 * @param objective f
 * @param function K
 * @param alpha weight of the gradient, above 0
 * @param gamma damping of the momentum, above 0
 * @param epsilon look-ahead, at least 0, with {@code epsilon gamma <= 1}
 * @param lambda decay, above 0
 */
public record ContinuousLionK(
        DifferentiableFunction objective,
        ConvexFunction function,
        double alpha,
        double gamma,
        double epsilon,
        double lambda) {

    /** A point, or a velocity, of the system. */
    public record State(Tensor x, Tensor m) {

        State plus(State other, double factor) {
            return new State(x.plus(other.x.times(factor)), m.plus(other.m.times(factor)));
        }
    }

    public ContinuousLionK {
        if (!(alpha > 0) || !(gamma > 0) || !(lambda > 0)) {
            throw new IllegalArgumentException(
                    "alpha, gamma and lambda must be above 0, were " + alpha + ", " + gamma + " and " + lambda);
        }
        if (!(epsilon >= 0) || epsilon * gamma > 1) {
            throw new IllegalArgumentException(
                    "epsilon must be at least 0 with epsilon * gamma at most 1, was " + epsilon);
        }
    }

    /** The velocity at a state. */
    public State field(State state) {
        Tensor momentumVelocity = momentumVelocity(state);
        Tensor lookAhead = state.m().plus(momentumVelocity.times(epsilon));
        Tensor velocity = function.subgradient(lookAhead).minus(state.x().times(lambda));
        return new State(velocity, momentumVelocity);
    }

    private Tensor momentumVelocity(State state) {
        return objective.gradient(state.x()).times(-alpha).minus(state.m().times(gamma));
    }

    /** One step of Euler's method. */
    public State euler(State state, double step) {
        return state.plus(field(state), step);
    }

    /** One step of the classical Runge-Kutta method of order 4. */
    public State rungeKutta(State state, double step) {
        State first = field(state);
        State second = field(state.plus(first, step / 2));
        State third = field(state.plus(second, step / 2));
        State fourth = field(state.plus(third, step));
        return state.plus(first, step / 6)
                .plus(second, step / 3)
                .plus(third, step / 3)
                .plus(fourth, step / 6);
    }

    /** The Lyapunov function H; infinite while {@code lambda x} is outside the domain of K*. */
    public double lyapunov(State state) {
        try (Scope scope = Scope.open()) {
            double conjugate = function.conjugate(state.x().times(lambda));
            double gap = conjugate + function.value(state.m()) - lambda * Vectors.dot(state.m(), state.x());
            return alpha * objective.value(state.x())
                    + gamma / lambda * conjugate
                    + (1 - epsilon * gamma) / (1 + epsilon * lambda) * gap;
        }
    }

    /**
     * The rate Delta at which H falls, at least 0. For {@code epsilon = 0} the second of its two terms is left out,
     * which is exact for piecewise linear K and a lower bound for smooth K.
     */
    public double decrease(State state) {
        try (Scope scope = Scope.open()) {
            State field = field(state);
            Tensor lookAhead = state.m().plus(field.m().times(epsilon));
            Tensor dual = function.conjugateSubgradient(state.x().times(lambda));
            double first = (lambda + gamma) / (1 + epsilon * lambda) * Vectors.dot(lookAhead.minus(dual), field.x());
            if (epsilon == 0) {
                return first;
            }
            Tensor turn = function.subgradient(lookAhead).minus(function.subgradient(state.m()));
            double second = (1 - epsilon * gamma) / (epsilon * (1 + epsilon * lambda));
            return first + second * Vectors.dot(lookAhead.minus(state.m()), turn);
        }
    }
}
