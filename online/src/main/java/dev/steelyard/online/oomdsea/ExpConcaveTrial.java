package dev.steelyard.online.oomdsea;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.online.convex.Ball;
import dev.steelyard.online.convex.Hint;
import dev.steelyard.online.convex.OnlineNewtonStep;
import dev.steelyard.online.convex.OnlineOptimizer;
import dev.steelyard.online.convex.QuadraticNorm;
import dev.steelyard.online.convex.Vectors;
import java.util.random.RandomGenerator;

/**
 * Squared errors of linear predictions whose instances turn slowly, exp-concave on a small ball: f_t = (w_t.x - y_t)^2/2,
 * w_t = sum of cos(2 pi t / (per (1 + .37 j)) + j) B_j over an orthonormal basis, plus sigma U(-1,1)^4, cut to the unit
 * ball; y_t = w_t.x* + .25 cos(2 pi t / (.61 per)), cut to [-.5, .5].
 */
final class ExpConcaveTrial {

    private static final int DIMENSION = 4;
    private static final double RADIUS = .5;
    private static final double LARGEST_LABEL = .5;
    private static final Ball BALL = Ball.aroundZero(DIMENSION, RADIUS);
    /** |w| = 1 and |w.x - y| at most 1. */
    private static final double GRADIENT_BOUND = 1;

    private static final double ALPHA = 1;
    private static final int POINTS = 50;

    private ExpConcaveTrial() {}

    static void run(String method, SeaSetting setting, TrialContext context) throws InterruptedException {
        RandomGenerator random = context.seeds().generator("losses");
        double[][] basis = SeaLosses.basis(DIMENSION, random);
        double[] truth = SeaLosses.unit(DIMENSION, random);
        OnlineOptimizer optimizer = optimizer(method);
        double suffered = 0;
        Sums sums = new Sums();
        for (int t = 1; t <= setting.rounds(); t++) {
            double[] w = instance(basis, t, setting, random);
            double swing = .25 * Math.cos(2 * Math.PI * t / (.61 * setting.period()));
            double y = Math.clamp(.25 * Vectors.dot(w, truth) + swing, -LARGEST_LABEL, LARGEST_LABEL);
            double error = Vectors.dot(w, optimizer.predict()) - y;
            suffered += error * error / 2;
            sums.add(w, y);
            optimizer.observe(Vectors.plus(new double[DIMENSION], error, w));
            if (t % Math.max(1, setting.rounds() / POINTS) == 0) {
                context.point("regret", t, suffered - sums.least());
                context.progress(t, setting.rounds());
            }
        }
        context.metric("regret", suffered - sums.least());
    }

    private static double[] instance(double[][] basis, int t, SeaSetting setting, RandomGenerator random) {
        double[] w = new double[DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
            Vectors.add(w, Math.cos(2 * Math.PI * t / (setting.period() * (1 + .37 * j)) + j), basis[j]);
        }
        for (int i = 0; setting.noise() > 0 && i < DIMENSION; i++) {
            w[i] += setting.noise() * (2 * random.nextDouble() - 1);
        }
        return Vectors.plus(new double[DIMENSION], 1 / Math.max(1, Vectors.norm(w)), w);
    }

    private static OnlineOptimizer optimizer(String method) {
        return switch (method) {
            case SeaStudy.NEWTON -> newton(OptimisticNewtonStep.smallestFor(1), Hint.lastGradient());
            case SeaStudy.PLAIN_NEWTON -> newton(OptimisticNewtonStep.smallestFor(1), Hint.none());
            case SeaStudy.NEWTON_ONE -> newton(1, Hint.lastGradient());
            case SeaStudy.PLAIN_NEWTON_ONE -> newton(1, Hint.none());
            case SeaStudy.CLASSICAL_NEWTON -> new OnlineNewtonStep(BALL, GRADIENT_BOUND, ALPHA);
            default -> throw new IllegalArgumentException("there is no method " + method);
        };
    }

    private static OnlineOptimizer newton(double smallest, Hint hint) {
        return new OptimisticNewtonStep(BALL, GRADIENT_BOUND, ALPHA, smallest, hint);
    }

    /** What the least summed loss of a fixed point needs: sum of w w^T, of y w and of y^2. */
    private static final class Sums {
        /** So little is added to w w^T that the least loss changes by less than 1e-9. */
        private static final double FLOOR = 1e-9;

        private final double[][] squares = new double[DIMENSION][DIMENSION];
        private final double[] products = new double[DIMENSION];
        private double labels;

        void add(double[] w, double y) {
            for (int i = 0; i < DIMENSION; i++) {
                Vectors.add(squares[i], w[i], w);
            }
            Vectors.add(products, y, w);
            labels += y * y;
        }

        double least() {
            double[][] matrix = new double[DIMENSION][];
            for (int i = 0; i < DIMENSION; i++) {
                matrix[i] = squares[i].clone();
                matrix[i][i] += FLOOR;
            }
            double[] best = new QuadraticNorm(matrix).project(BALL, LinearSystem.solve(matrix, products));
            return (Vectors.dot(best, Vectors.times(squares, best)) - 2 * Vectors.dot(products, best) + labels) / 2;
        }
    }
}
