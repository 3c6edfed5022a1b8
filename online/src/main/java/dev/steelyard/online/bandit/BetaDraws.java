package dev.steelyard.online.bandit;

import java.util.random.RandomGenerator;

/**
 * Draws from Beta distributions whose parameters are at least 1, by two Gamma draws of G. Marsaglia and W. Tsang, A
 * Simple Method for Generating Gamma Variables, 2000. Apache Commons has no Beta sampler that keeps no numbers aside,
 * which an exact snapshot needs.
 */
final class BetaDraws {

    /** Of the paper's squeeze: what is below 1 - 0.0331 x^4 needs no logarithms. */
    private static final double SQUEEZE = 0.0331;

    private final RandomGenerator random;

    /** What a Gamma draw takes of its shape; worth keeping where many draws have the same. */
    record Shape(double d, double c) {

        static Shape of(double shape) {
            double d = shape - 1.0 / 3;
            return new Shape(d, 1 / Math.sqrt(9 * d));
        }
    }

    BetaDraws(RandomGenerator random) {
        this.random = random;
    }

    double next(double alpha, double beta) {
        return next(Shape.of(alpha), Shape.of(beta));
    }

    double next(Shape alpha, Shape beta) {
        double first = gamma(alpha);
        return first / (first + gamma(beta));
    }

    private double gamma(Shape shape) {
        double d = shape.d();
        double c = shape.c();
        while (true) {
            double x = random.nextGaussian();
            double root = 1 + c * x;
            if (root <= 0) {
                continue;
            }
            double v = root * root * root;
            double u = random.nextDouble();
            double square = x * x;
            if (u < 1 - SQUEEZE * square * square || Math.log(u) < 0.5 * square + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
