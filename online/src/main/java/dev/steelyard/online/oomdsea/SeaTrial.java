package dev.steelyard.online.oomdsea;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.online.convex.Ball;
import dev.steelyard.online.convex.DescentStep;
import dev.steelyard.online.convex.FollowTheLeader;
import dev.steelyard.online.convex.FollowTheRegularisedLeader;
import dev.steelyard.online.convex.Hint;
import dev.steelyard.online.convex.OnlineGradientDescent;
import dev.steelyard.online.convex.OnlineOptimizer;

/** One optimiser on the unit ball of five dimensions. */
final class SeaTrial {

    private static final int DIMENSION = 5;
    private static final Ball BALL = Ball.aroundZero(DIMENSION, 1);
    private static final double DIAMETER = 2;
    private static final double SMALL_SMOOTHNESS = .25;
    private static final int POINTS = 50;

    private SeaTrial() {}

    /** Regret to the best fixed point on the drawn sequence, convex ({@code lambda} 0) or strongly convex losses. */
    static void fixed(String method, SeaSetting setting, double lambda, TrialContext context)
            throws InterruptedException {
        double bound = 1 + setting.noise() + lambda;
        OnlineOptimizer optimizer =
                lambda > 0 ? stronglyConvex(method, lambda, bound) : convex(method, bound, setting.rounds());
        SeaLosses losses = new SeaLosses(
                DIMENSION, setting.noise(), setting.period(), context.seeds().generator("losses"));
        double suffered = 0;
        double[] sum = new double[DIMENSION];
        double noise = 0;
        double drift = 0;
        for (int t = 1; t <= setting.rounds(); t++) {
            double[] x = optimizer.predict();
            double[] linear = losses.gradient(t);
            suffered += SeaLosses.dot(linear, x) + lambda / 2 * SeaLosses.dot(x, x);
            double[] gradient = linear.clone();
            for (int i = 0; i < DIMENSION; i++) {
                gradient[i] += lambda * x[i];
                sum[i] += linear[i];
            }
            optimizer.observe(gradient);
            noise += setting.noise() * setting.noise();
            drift += setting.period() == 0 ? 0 : t == 1 ? 1 : chord(setting.period());
            if (t % Math.max(1, setting.rounds() / POINTS) == 0) {
                context.point("regret", t, suffered - best(sum, t, lambda));
                context.progress(t, setting.rounds());
            }
        }
        context.metric("regret", suffered - best(sum, setting.rounds(), lambda));
        context.metric(
                "bound",
                2.5 * Math.sqrt(5) * DIAMETER * bound
                        + 5 * Math.sqrt(2) * DIAMETER * Math.sqrt(noise)
                        + 5 * DIAMETER * Math.sqrt(drift));
    }

    /** The squared distance of two neighbours on the circle. */
    private static double chord(int period) {
        double half = Math.sin(Math.PI / period);
        return 4 * half * half;
    }

    /** The least summed loss of a fixed point: of sum.x + t lambda/2 |x|^2 on the unit ball. */
    private static double best(double[] sum, int t, double lambda) {
        double norm = Math.sqrt(SeaLosses.dot(sum, sum));
        double quadratic = t * lambda;
        return quadratic > norm ? -norm * norm / (2 * quadratic) : quadratic / 2 - norm;
    }

    private static OnlineOptimizer convex(String method, double bound, int rounds) {
        return switch (method) {
            case SeaStudy.OOMD -> new OptimisticMirrorDescent(BALL, StepSchedule.convex(DIAMETER, bound, 0));
            case SeaStudy.OFTRL -> FollowTheRegularisedLeader.optimistic(BALL, 0, bound);
            case SeaStudy.OGD -> new OnlineGradientDescent(BALL, new DescentStep.InverseRoot(DIAMETER, bound));
            case SeaStudy.ADAGRAD -> new OnlineGradientDescent(BALL, new DescentStep.AdaGradNorm(DIAMETER));
            case SeaStudy.TWO_LAYER ->
                new DynamicOptimisticDescent(BALL, new DynamicOptions(bound, SMALL_SMOOTHNESS, rounds));
            default -> throw new IllegalArgumentException("there is no method " + method);
        };
    }

    private static OnlineOptimizer stronglyConvex(String method, double lambda, double bound) {
        return switch (method) {
            case SeaStudy.OOMD -> new OptimisticMirrorDescent(BALL, StepSchedule.stronglyConvex(lambda));
            case SeaStudy.OFTL -> new FollowTheLeader(BALL, lambda, Hint.lastGradient());
            case SeaStudy.OGD -> new OnlineGradientDescent(BALL, new DescentStep.StronglyConvex(lambda));
            default -> throw new IllegalArgumentException("there is no method " + method);
        };
    }

    /** Dynamic regret of the mean losses; the direction is redrawn {@code blocks} times. */
    static void dynamic(String method, SeaSetting setting, int blocks, TrialContext context)
            throws InterruptedException {
        OnlineOptimizer optimizer = convex(method, 1 + setting.noise(), setting.rounds());
        SeaLosses scatter =
                new SeaLosses(DIMENSION, setting.noise(), 0, context.seeds().generator("noise"));
        var directions = context.seeds().generator("directions");
        double[] mean = SeaLosses.unit(DIMENSION, directions);
        double regret = 0;
        for (int t = 1; t <= setting.rounds(); t++) {
            if (t > 1 && (long) (t - 1) * blocks / setting.rounds() != (long) (t - 2) * blocks / setting.rounds()) {
                mean = SeaLosses.unit(DIMENSION, directions);
            }
            double[] x = optimizer.predict();
            // The best point of a round is -mean, with loss -|mean| = -1.
            regret += SeaLosses.dot(mean, x) + 1;
            double[] gradient = scatter.gradient(t);
            for (int i = 0; i < DIMENSION; i++) {
                gradient[i] += mean[i];
            }
            optimizer.observe(gradient);
            if (t % Math.max(1, setting.rounds() / POINTS) == 0) {
                context.point("regret", t, regret);
                context.progress(t, setting.rounds());
            }
        }
        context.metric("regret", regret);
    }
}
