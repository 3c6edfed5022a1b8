package dev.steelyard.optim.lionk;

import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;

/**
 * Minimises {@code f(x) + K*(lambda x) / lambda} with Lion-K in the implicit form: a differentiable function under a
 * norm bound or with a convex regulariser, by the choice of K. It stops when the optimality score is small.
 *
 * @param beta1 look-ahead, default 0.9
 * @param beta2 momentum, default 0.99
 * @param maximumSteps steps after which it gives up, default 20,000
 * @param checkEvery steps between two looks at the score, default 10
 */
public record ConstrainedSolver(double beta1, double beta2, long maximumSteps, int checkEvery) {

    /** The defaults. */
    public ConstrainedSolver() {
        this(0.9, 0.99, 20_000, 10);
    }

    public ConstrainedSolver {
        if (maximumSteps < 1 || checkEvery < 1) {
            throw new IllegalArgumentException(
                    "maximumSteps and checkEvery must be at least 1, were " + maximumSteps + " and " + checkEvery);
        }
    }

    /**
     * Where the solver ended.
     *
     * @param x the last point; the caller closes it
     * @param value f(x)
     * @param diagnostics violation and score at x, and H
     * @param steps steps done
     * @param converged whether the score reached the tolerance
     */
    public record Solution(Tensor x, double value, LionDiagnostics diagnostics, long steps, boolean converged) {}

    /** Sees each point at which the score is looked at. */
    @FunctionalInterface
    public interface Observer {
        /**
         * Called with a point of the way.
         *
         * @throws InterruptedException to stop the solver
         */
        void see(long step, Tensor x, LionDiagnostics diagnostics) throws InterruptedException;
    }

    /**
     * Solves without being watched.
     *
     * @param f the objective
     * @param function K
     * @param lambda decay, above 0
     * @param schedule learning rate at a step, from 0
     * @param tolerance score at which to stop; negative to do all steps
     * @param start first point, left as it is
     */
    public Solution solve(
            DifferentiableFunction f,
            ConvexFunction function,
            double lambda,
            LongToDoubleFunction schedule,
            double tolerance,
            Tensor start) {
        try {
            return solve(f, function, lambda, schedule, tolerance, start, (step, x, diagnostics) -> {});
        } catch (InterruptedException e) {
            throw new IllegalStateException("an observer that never interrupts did", e);
        }
    }

    /** Solves and shows the way to an observer. */
    public Solution solve(
            DifferentiableFunction f,
            ConvexFunction function,
            double lambda,
            LongToDoubleFunction schedule,
            double tolerance,
            Tensor start,
            Observer observer)
            throws InterruptedException {
        LionDiagnostics.requireDecay(lambda);
        double firstRate = schedule.applyAsDouble(0);
        LionKOptions options =
                new LionKOptions(function, firstRate, beta1, beta2, lambda, DecayForm.IMPLICIT, Optional.empty());
        Tensor x = start.detach().copy().keepForever();
        try (LionK lion = LionK.of(Map.of("x", x), options)) {
            for (long step = 0; ; step++) {
                try (Scope scope = Scope.open()) {
                    Tensor gradient = f.gradient(x);
                    if (step % checkEvery == 0 || step == maximumSteps) {
                        LionDiagnostics diagnostics = LionDiagnostics.measure(
                                f.value(x), gradient, x, lion.momentum("x"), options, schedule.applyAsDouble(step));
                        observer.see(step, x, diagnostics);
                        boolean converged = diagnostics.score() <= tolerance;
                        if (converged || step == maximumSteps) {
                            return new Solution(x, f.value(x), diagnostics, step, converged);
                        }
                    }
                    x.grad(gradient);
                    lion.learningRateFactor(schedule.applyAsDouble(step) / firstRate);
                    lion.step();
                    lion.zeroGrad();
                }
            }
        }
    }
}
