package dev.steelyard.online.linearmdp;

import java.util.random.RandomGenerator;

/** What can be found out about a policy before it is played: by a model, or by simulation. */
public interface Knowledge {

    /**
     * How often each pair is visited.
     *
     * @param policy [layer][state][action]
     * @return [layer][state][action], which sums to 1 in each layer
     */
    double[][][] occupancy(double[][][] policy, RandomGenerator random);

    /**
     * The discounted sum of what is to come: B(x, a) = b(x, a) + factor times the mean of B(x', a') over the next state and
     * the policy's next action.
     */
    double[][][] accumulate(double[][][] bonus, double[][][] policy, double factor, RandomGenerator random);
}
