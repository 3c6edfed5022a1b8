package dev.steelyard.online.oomdsea;

import dev.steelyard.online.convex.Vectors;

/** The steps of optimistic mirror descent. */
public sealed interface StepSchedule {

    /**
     * The step of a round, for both of its moves.
     *
     * @param round from 1
     * @param variation V, the sum of |g_s - M_s|^2 over the rounds before
     * @param largestGradient the largest |g_s| of the rounds before
     */
    double step(long round, double variation, double largestGradient);

    /** The norm of a gradient above which the regret bound is void; infinite if the schedule has none or adapts. */
    default double voidAbove() {
        return Double.POSITIVE_INFINITY;
    }

    /**
     * Convex losses of smooth means: D / sqrt(delta + 4 G^2 + V).
     *
     * @param diameter D of the domain, or the scale of the mirror map; above 0
     * @param gradientBound G, above 0
     * @param delta keeps the first steps stable; 10 D^2 L^2 in the paper; 0 or above
     * @param raising whether G rises to the largest gradient seen, where G is not known
     */
    record Convex(double diameter, double gradientBound, double delta, boolean raising) implements StepSchedule {
        public Convex {
            Vectors.requirePositive("diameter", diameter);
            Vectors.requirePositive("gradientBound", gradientBound);
            Vectors.requireNotNegative("delta", delta);
        }

        @Override
        public double voidAbove() {
            return raising ? Double.POSITIVE_INFINITY : gradientBound;
        }

        @Override
        public double step(long round, double variation, double largestGradient) {
            double bound = raising ? Math.max(gradientBound, largestGradient) : gradientBound;
            return diameter / Math.sqrt(delta + 4 * bound * bound + variation);
        }
    }

    /**
     * Strongly convex losses: 2 / (lambda (t + t0)).
     *
     * @param lambda strong convexity, above 0
     * @param offset t0: 0 in the paper; 8 L^2 / lambda^2 calms the start; 0 or above
     */
    record StronglyConvex(double lambda, double offset) implements StepSchedule {
        public StronglyConvex {
            Vectors.requirePositive("lambda", lambda);
            Vectors.requireNotNegative("offset", offset);
        }

        @Override
        public double step(long round, double variation, double largestGradient) {
            return 2 / (lambda * (round + offset));
        }
    }

    /**
     * Always the same step.
     *
     * @param size above 0
     */
    record Fixed(double size) implements StepSchedule {
        public Fixed {
            Vectors.requirePositive("size", size);
        }

        @Override
        public double step(long round, double variation, double largestGradient) {
            return size;
        }
    }

    /**
     * The paper's schedule for convex losses: delta = 10 D^2 L^2.
     *
     * @param smoothness L, 0 or above
     * @throws IllegalArgumentException if a value is out of range
     */
    static StepSchedule convex(double diameter, double gradientBound, double smoothness) {
        Vectors.requireNotNegative("smoothness", smoothness);
        return new Convex(diameter, gradientBound, 10 * diameter * diameter * smoothness * smoothness, false);
    }

    /** The paper's schedule for strongly convex losses: 2 / (lambda t). */
    static StepSchedule stronglyConvex(double lambda) {
        return new StronglyConvex(lambda, 0);
    }

    /** The schedule for strongly convex losses with the offset 8 L^2 / lambda^2. */
    static StepSchedule calmStronglyConvex(double lambda, double smoothness) {
        Vectors.requireNotNegative("smoothness", smoothness);
        return new StronglyConvex(lambda, 8 * smoothness * smoothness / (lambda * lambda));
    }
}
