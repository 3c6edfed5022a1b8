package dev.steelyard.online.oomdsea;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.online.convex.Ball;
import dev.steelyard.online.convex.DescentStep;
import dev.steelyard.online.convex.FollowTheLeader;
import dev.steelyard.online.convex.Hint;
import dev.steelyard.online.convex.OnlineGradientDescent;
import dev.steelyard.online.convex.OnlineOptimizer;
import dev.steelyard.online.convex.Vectors;
import java.util.random.RandomGenerator;

/**
 * Quadratics (x - c_t)^T A (x - c_t)/2 in ten dimensions, where plain gradient descent is enough: their gradients vanish
 * at the optimum. A has eigenvalues from .1 to 1; c_t is a fixed point of norm .5 plus sigma times a random unit vector,
 * or, for a period of 2, that point and its opposite in turn.
 */
final class QuadraticTrial {

    private static final int DIMENSION = 10;
    private static final Ball BALL = Ball.aroundZero(DIMENSION, 1);
    private static final double LEAST = .1;

    private QuadraticTrial() {}

    static void run(String method, SeaSetting setting, TrialContext context) throws InterruptedException {
        RandomGenerator random = context.seeds().generator("losses");
        double[][] basis = SeaLosses.basis(DIMENSION, random);
        double[] centre = Vectors.plus(new double[DIMENSION], .5, SeaLosses.unit(DIMENSION, random));
        OnlineOptimizer optimizer = optimizer(method);
        double[][] centres = new double[setting.rounds()][];
        double[] mean = new double[DIMENSION];
        double suffered = 0;
        for (int t = 0; t < centres.length; t++) {
            double sign = setting.period() == 2 && t % 2 == 1 ? -1 : 1;
            centres[t] = Vectors.plus(new double[DIMENSION], sign, centre);
            if (setting.noise() > 0) {
                Vectors.add(centres[t], setting.noise(), SeaLosses.unit(DIMENSION, random));
            }
            Vectors.add(mean, 1.0 / centres.length, centres[t]);
            double[] away = Vectors.plus(optimizer.predict(), -1, centres[t]);
            double[] gradient = gradient(basis, away);
            suffered += Vectors.dot(away, gradient) / 2;
            optimizer.observe(gradient);
            if (t % 500 == 0) {
                context.progress(t, centres.length);
            }
        }
        if (!BALL.contains(mean, 0)) {
            throw new IllegalStateException("the best fixed point left the ball: " + Vectors.norm(mean));
        }
        double best = 0;
        for (double[] each : centres) {
            double[] away = Vectors.plus(mean, -1, each);
            best += Vectors.dot(away, gradient(basis, away)) / 2;
        }
        context.metric("regret", suffered - best);
    }

    /** A (x - c), A's eigenvectors being the basis. */
    private static double[] gradient(double[][] basis, double[] away) {
        double[] gradient = new double[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            double value = LEAST + (1 - LEAST) * i / (DIMENSION - 1);
            Vectors.add(gradient, value * Vectors.dot(basis[i], away), basis[i]);
        }
        return gradient;
    }

    private static OnlineOptimizer optimizer(String method) {
        return switch (method) {
            case SeaStudy.OOMD -> new OptimisticMirrorDescent(BALL, StepSchedule.stronglyConvex(LEAST));
            case SeaStudy.OFTL -> new FollowTheLeader(BALL, LEAST, Hint.lastGradient());
            case SeaStudy.OGD -> new OnlineGradientDescent(BALL, new DescentStep.StronglyConvex(LEAST));
            default -> throw new IllegalArgumentException("there is no method " + method);
        };
    }
}
