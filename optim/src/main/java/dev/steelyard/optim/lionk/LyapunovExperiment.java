package dev.steelyard.optim.lionk;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Part B: the Lyapunov function of a quadratic, in steps and in continuous time. */
final class LyapunovExperiment {

    private static final int DIMENSION = 20;
    private static final double LAMBDA = 1;

    private LyapunovExperiment() {}

    private record Problem(DifferentiableFunction f, double smoothness, Tensor start) {

        static Problem draw(RandomGenerator random) {
            Tensor q = BoxExperiment.gaussian(random, DIMENSION, DIMENSION);
            double[] identity = new double[DIMENSION * DIMENSION];
            for (int i = 0; i < DIMENSION; i++) {
                identity[i * DIMENSION + i] = 0.1;
            }
            Tensor a = q.matmul(q.t()).over(20).plus(Tensor.of(identity, DIMENSION, DIMENSION));
            Tensor b = BoxExperiment.gaussian(random, DIMENSION).times(3);
            double smoothness = Functions.svd(a).singularValues().max().item();
            Tensor start = BoxExperiment.gaussian(random, DIMENSION).times(0.1);
            return new Problem(DifferentiableFunction.quadratic(a, b), smoothness, start);
        }
    }

    /** Checks the inequality for H in every step of the implicit form. */
    static void discrete(ConvexFunction k, long steps, TrialContext context) throws InterruptedException {
        try (Scope all = Scope.open()) {
            Problem problem = Problem.draw(context.seeds().generator("quadratic"));
            double rate = 0.01;
            LionKOptions options = LionKOptions.of(k, rate, LAMBDA).in(DecayForm.IMPLICIT);
            double a = LionDiagnostics.lyapunovWeight(options);
            double turning = a * (1 - options.beta2()) / (options.beta2() - options.beta1());
            Tensor x = problem.start();
            double worst = Double.NEGATIVE_INFINITY;
            double worstWithoutGaps = Double.NEGATIVE_INFINITY;
            try (LionK lion = LionK.of(Map.of("x", x), options)) {
                double before = LionDiagnostics.lyapunov(problem.f().value(x), x, x.times(0), options);
                for (long step = 0; step < steps; step++) {
                    try (Scope scope = Scope.open()) {
                        Tensor g = problem.f().gradient(x);
                        Tensor lookAhead =
                                lion.momentum("x").times(options.beta1()).minus(g.times(1 - options.beta1()));
                        Tensor old = x.copy();
                        x.grad(g);
                        lion.step();
                        lion.zeroGrad();
                        Tensor momentum = lion.momentum("x");
                        Tensor v = x.minus(old).over(rate);
                        double h = LionDiagnostics.lyapunov(problem.f().value(x), x, momentum, options);
                        double slack = problem.smoothness() * rate * rate / 2 * Vectors.dot(v, v);
                        double gaps = rate
                                        * (1 + a * LAMBDA)
                                        * Vectors.dot(v, lookAhead.minus(k.conjugateSubgradient(x.times(LAMBDA))))
                                + turning
                                        * Vectors.dot(
                                                k.subgradient(momentum).minus(k.subgradient(lookAhead)),
                                                momentum.minus(lookAhead));
                        worst = Math.max(worst, h - before + gaps - slack);
                        worstWithoutGaps = Math.max(worstWithoutGaps, h - before - slack);
                        before = h;
                        if (step % 50 == 0) {
                            context.point("H", step, h);
                        }
                        context.progress(step, steps);
                    }
                }
            }
            context.metric("excess over the bound", worst);
            context.metric("excess over the bound without gaps", worstWithoutGaps);
        }
    }

    /** Follows the differential equation and compares the slope of H with {@code -Delta}. */
    static void continuous(ConvexFunction k, boolean rungeKutta, double step, int steps, TrialContext context)
            throws InterruptedException {
        try (Scope all = Scope.open()) {
            Problem problem = Problem.draw(context.seeds().generator("quadratic"));
            ContinuousLionK system = new ContinuousLionK(problem.f(), k, 1, 1, 0.5, LAMBDA);
            ContinuousLionK.State state =
                    new ContinuousLionK.State(problem.start(), Tensor.zeros(DType.FLOAT64, DIMENSION));
            double[] h = new double[steps + 1];
            double[] decrease = new double[steps + 1];
            for (int i = 0; i <= steps; i++) {
                try (Scope scope = Scope.open()) {
                    h[i] = system.lyapunov(state);
                    decrease[i] = system.decrease(state);
                    if (i % Math.max(1, steps / 200) == 0) {
                        context.point("H", i * step, h[i]);
                    }
                    ContinuousLionK.State next =
                            rungeKutta ? system.rungeKutta(state, step) : system.euler(state, step);
                    state.x().copyInPlace(next.x());
                    state.m().copyInPlace(next.m());
                    context.progress(i, steps);
                }
            }
            double increase = Double.NEGATIVE_INFINITY;
            double squares = 0;
            double differences = 0;
            for (int i = 0; i < steps; i++) {
                increase = Math.max(increase, h[i + 1] - h[i]);
                if (i >= 2 && i < steps - 1) {
                    double slope = (h[i - 2] - 8 * h[i - 1] + 8 * h[i + 1] - h[i + 2]) / (12 * step);
                    differences += (slope + decrease[i]) * (slope + decrease[i]);
                    squares += decrease[i] * decrease[i];
                }
            }
            context.metric("increase", increase);
            context.metric("difference of the slope", Math.sqrt(differences / squares));
        }
    }
}
