package dev.steelyard.online.linearmdp;

import java.util.Arrays;

/** Turns the costs of actions so far (learning rate included) into a policy, by follow-the-regularised-leader. */
public enum Regulariser {
    /**
     * argmin of p.c + sum ln(1/p): p_a = 1/(c_a - min c + lambda). Bears arbitrarily negative losses, at the price of a
     * factor A in the regret.
     */
    LOG_BARRIER {
        @Override
        double probability(double excess, double lambda) {
            return 1 / (excess + lambda);
        }

        @Override
        double slope(double excess, double lambda) {
            double probability = 1 / (excess + lambda);
            return probability * probability;
        }

        @Override
        double largest(int actions) {
            return actions;
        }
    },

    /** argmin of p.c + sum p ln p: p proportional to exp(-c). Needs losses above -1 in the learning rate's scale. */
    ENTROPY {
        @Override
        public double[] policy(double[] costs) {
            requireCosts(costs);
            double least = Arrays.stream(costs).min().orElseThrow();
            return normalised(Arrays.stream(costs).map(c -> Math.exp(least - c)).toArray());
        }

        @Override
        double probability(double excess, double lambda) {
            throw new UnsupportedOperationException("entropy has a closed form");
        }

        @Override
        double slope(double excess, double lambda) {
            throw new UnsupportedOperationException("entropy has a closed form");
        }

        @Override
        double largest(int actions) {
            throw new UnsupportedOperationException("entropy has a closed form");
        }
    },

    /** Tsallis entropy of power 1/2, argmin of p.c - 2 sum sqrt(p): p_a = 1/(c_a - min c + lambda)^2; an experiment. */
    TSALLIS {
        @Override
        double probability(double excess, double lambda) {
            return 1 / ((excess + lambda) * (excess + lambda));
        }

        @Override
        double slope(double excess, double lambda) {
            double root = 1 / (excess + lambda);
            return 2 * root * root * root;
        }

        @Override
        double largest(int actions) {
            return Math.sqrt(actions);
        }
    };

    private static final int MOST_STEPS = 60;
    private static final double PRECISION = 1e-13;

    /**
     * The policy.
     *
     * @param costs of the actions; only their differences count
     * @return probabilities, which sum to 1
     * @throws IllegalArgumentException if there is no action or a cost is NaN or infinite
     */
    public double[] policy(double[] costs) {
        requireCosts(costs);
        double least = Arrays.stream(costs).min().orElseThrow();
        // From 1 the sum of probabilities is at least 1; it is convex and falls in lambda, so Newton never overshoots.
        double lambda = 1;
        for (int step = 0; step < MOST_STEPS; step++) {
            double beyond = -1;
            double slope = 0;
            for (double cost : costs) {
                beyond += probability(cost - least, lambda);
                slope += slope(cost - least, lambda);
            }
            if (beyond < PRECISION) {
                break;
            }
            lambda = Math.min(largest(costs.length), lambda + beyond / slope);
        }
        double[] policy = new double[costs.length];
        for (int a = 0; a < policy.length; a++) {
            policy[a] = probability(costs[a] - least, lambda);
        }
        return normalised(policy);
    }

    abstract double probability(double excess, double lambda);

    /** Minus the derivative of the probability in lambda. */
    abstract double slope(double excess, double lambda);

    /** The largest lambda there can be, at equal costs. */
    abstract double largest(int actions);

    private static void requireCosts(double[] costs) {
        if (costs.length == 0) {
            throw new IllegalArgumentException("there must be at least one action");
        }
        for (int a = 0; a < costs.length; a++) {
            if (!Double.isFinite(costs[a])) {
                throw new IllegalArgumentException(
                        "the cost of action " + a + " is " + costs[a] + "; it must be finite");
            }
        }
    }

    private static double[] normalised(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        for (int a = 0; a < weights.length; a++) {
            weights[a] /= sum;
        }
        return weights;
    }
}
