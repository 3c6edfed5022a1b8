package dev.steelyard.optim.lionk;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Part A: least squares in a box, solved by Lion with decay and, as reference, by projected gradients. */
final class BoxExperiment {

    private static final int ROWS = 200;
    private static final int DIMENSION = 50;
    private static final int REFERENCE_STEPS = 2000;
    private static final double ACTIVE = 1e-9;
    private static final double ENTERED = 1e-3;

    private BoxExperiment() {}

    private record Problem(DifferentiableFunction f, double largestCurvature) {

        static Problem draw(RandomGenerator random) {
            Tensor a = gaussian(random, ROWS, DIMENSION).over(Math.sqrt(ROWS));
            Tensor truth = gaussian(random, DIMENSION).times(1.5);
            Tensor b = a.matmul(truth).plus(gaussian(random, ROWS).times(0.01));
            double norm = Functions.svd(a).singularValues().max().item();
            return new Problem(DifferentiableFunction.leastSquares(a, b), norm * norm);
        }
    }

    static Tensor gaussian(RandomGenerator random, long... shape) {
        return Functions.normal(random, 0, 1, shape).to(DType.FLOAT64);
    }

    /** Solves from zero with rate {@code 0.1 / sqrt(1 + t)}. */
    static void solve(double lambda, long steps, TrialContext context) throws InterruptedException {
        try (Scope scope = Scope.open()) {
            Problem problem = Problem.draw(context.seeds().generator("least squares"));
            DifferentiableFunction f = problem.f();
            Tensor start = Tensor.zeros(DType.FLOAT64, DIMENSION);
            Tensor reference = projectedGradient(problem, start, lambda);
            double[] worst = {Double.NEGATIVE_INFINITY};
            long early = steps / 10;
            ConstrainedSolver.Solution solution = new ConstrainedSolver(0.9, 0.99, steps, (int) (steps / 100))
                    .solve(
                            f,
                            new L1(),
                            lambda,
                            step -> 0.1 / Math.sqrt(1 + step),
                            -1,
                            start,
                            (step, x, diagnostics) -> {
                                context.progress(step, steps);
                                worst[0] = Math.max(worst[0], diagnostics.violation());
                                context.point("score", step, diagnostics.score());
                                if (step == early) {
                                    context.metric("early score", diagnostics.score());
                                }
                            });
            Tensor x = solution.x();
            context.metric("violation", worst[0]);
            context.metric("score", solution.diagnostics().score());
            context.metric(
                    "score of the reference",
                    LionDiagnostics.score(new L1(), reference, f.gradient(reference), lambda));
            context.metric("error", Vectors.maxAbsolute(x.minus(reference)));
            context.metric("gap", solution.value() - f.value(reference));
            context.metric(
                    "active",
                    reference
                            .abs()
                            .greaterThan(1 / lambda - ACTIVE)
                            .to(DType.FLOAT64)
                            .sum()
                            .item());
            x.close();
        }
    }

    private static Tensor projectedGradient(Problem problem, Tensor start, double lambda) {
        Tensor x = start.copy();
        for (int step = 0; step < REFERENCE_STEPS; step++) {
            try (Scope scope = Scope.open()) {
                x.copyInPlace(x.minus(problem.f().gradient(x).over(problem.largestCurvature()))
                        .clamp(-1 / lambda, 1 / lambda));
            }
        }
        return x;
    }

    /** Starts ten times outside of the box with a constant rate: phase 1, then phase 2. */
    static void phases(double lambda, double rate, long steps, TrialContext context) throws InterruptedException {
        try (Scope all = Scope.open()) {
            RandomGenerator random = context.seeds().generator("least squares");
            DifferentiableFunction f = Problem.draw(random).f();
            // On the far side of the optimum, so that phase 2 still has a way to go when phase 1 ends.
            Tensor x = f.gradient(Tensor.zeros(DType.FLOAT64, DIMENSION))
                    .sign()
                    .times(gaussian(random, DIMENSION).abs())
                    .times(10 / lambda);
            LionKOptions options = LionKOptions.lion(rate, lambda).in(DecayForm.IMPLICIT);
            double first = LionDiagnostics.violation(new L1(), x, lambda);
            double overBound = 0;
            boolean inside = false;
            double distance = first;
            double growth = Double.NEGATIVE_INFINITY;
            double entry = 0;
            try (LionK lion = LionK.of(Map.of("x", x), options)) {
                for (long step = 0; step <= steps; step++) {
                    try (Scope scope = Scope.open()) {
                        double violation = LionDiagnostics.violation(new L1(), x, lambda);
                        double value = f.value(x);
                        overBound =
                                Math.max(overBound, violation / (first * Math.pow(1 + rate * lambda, -(double) step)));
                        if (step > 0) {
                            growth = Math.max(growth, Math.max(violation, 0) - distance);
                        }
                        distance = Math.max(violation, 0);
                        if (!inside && violation <= ENTERED) {
                            inside = true;
                            entry = value;
                            context.metric("steps to the box", step);
                        }
                        if (step % 10 == 0) {
                            context.point("distance", step, Math.max(violation, 0));
                            context.point("objective", step, value);
                            double h = LionDiagnostics.lyapunov(value, x, lion.momentum("x"), options);
                            context.point("H", step, Double.isFinite(h) ? h : Double.NaN);
                        }
                        x.grad(f.gradient(x));
                        lion.step();
                        lion.zeroGrad();
                        context.progress(step, steps);
                    }
                }
            }
            context.metric("distance over bound", overBound);
            context.metric("growth of the distance", growth);
            context.metric("fall of the objective inside", inside ? entry - f.value(x) : 0);
        }
    }
}
