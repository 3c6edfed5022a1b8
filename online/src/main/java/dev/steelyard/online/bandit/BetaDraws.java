package dev.steelyard.online.bandit;

import java.util.random.RandomGenerator;

/**
 * Draws from Beta distributions whose parameters are at least 1, by two Gamma draws of G. Marsaglia and W. Tsang, A
 * Simple Method for Generating Gamma Variables, 2000. Apache Commons has no Beta sampler that keeps no numbers aside,
 * which an exact snapshot needs.
 */
final class BetaDraws {

    private final RandomGenerator random;

    BetaDraws(RandomGenerator random) {
        this.random = random;
    }

    double next(double alpha, double beta) {
        double first = gamma(alpha);
        return first / (first + gamma(beta));
    }

    private double gamma(double shape) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double root = 1 + c * x;
            if (root <= 0) {
                continue;
            }
            double v = root * root * root;
            double u = random.nextDouble();
            if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
