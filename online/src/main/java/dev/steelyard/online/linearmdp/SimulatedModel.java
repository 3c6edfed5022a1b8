package dev.steelyard.online.linearmdp;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A simulator: occupancies are the frequencies of n trajectories; a sum of bonuses takes, for each pair, the mean over a
 * few sampled next pairs, each pair's value being drawn once a call.
 */
public final class SimulatedModel implements Knowledge {

    private final Simulator simulator;
    private final Rollouts rollouts;
    private final int trajectories;
    private final int samples;

    /** Trajectories by one thread. */
    public SimulatedModel(Simulator simulator, int trajectories, int samples) {
        this(simulator, trajectories, samples, false);
    }

    /**
     * @param trajectories n; of the order of ln(d)/gamma keeps the inverse covariance within a constant factor of the
     *     truth
     * @param samples next pairs that a bonus averages; 1 in the paper
     * @param parallel whether the simulator is asked for several trajectories at once, which it must bear; the result is
     *     the same either way
     */
    public SimulatedModel(Simulator simulator, int trajectories, int samples, boolean parallel) {
        if (trajectories < 1 || samples < 1) {
            throw new IllegalArgumentException(
                    "trajectories and samples must be at least 1, not " + trajectories + " and " + samples);
        }
        this.simulator = simulator;
        this.rollouts = new Rollouts(simulator, parallel);
        this.trajectories = trajectories;
        this.samples = samples;
    }

    @Override
    public double[][][] occupancy(double[][][] policy, RandomGenerator random) {
        double[][][] occupancy = new double[policy.length][][];
        for (int h = 0; h < policy.length; h++) {
            occupancy[h] = new double[policy[h].length][policy[h][0].length];
        }
        rollouts.run(
                trajectories,
                policy.length,
                layer -> policy[layer].length,
                (layer, state) -> policy[layer][state],
                new SplittableRandom(random.nextLong()),
                (layer, n, state, action) -> occupancy[layer][state][action] += 1.0 / trajectories);
        return occupancy;
    }

    @Override
    public double[][][] accumulate(double[][][] bonus, double[][][] policy, double factor, RandomGenerator random) {
        double[][][] sum = new double[bonus.length][][];
        for (int h = bonus.length - 1; h >= 0; h--) {
            sum[h] = new double[bonus[h].length][bonus[h][0].length];
            for (int x = 0; x < sum[h].length; x++) {
                for (int a = 0; a < sum[h][x].length; a++) {
                    double later = 0;
                    for (int sample = 0; h + 1 < bonus.length && sample < samples; sample++) {
                        int y = next(h, x, a, bonus[h + 1].length, random);
                        later += sum[h + 1][y][Draws.from(policy[h + 1][y], random)] / samples;
                    }
                    sum[h][x][a] = bonus[h][x][a] + factor * later;
                }
            }
        }
        return sum;
    }

    private int next(int layer, int state, int action, int states, RandomGenerator random) {
        return next(simulator, layer, state, action, states, random);
    }

    /**
     * A sampled next state, checked.
     *
     * @param states of the next layer
     * @throws IllegalStateException if the simulator leaves them
     */
    static int next(Simulator simulator, int layer, int state, int action, int states, RandomGenerator random) {
        int next = simulator.sample(layer, state, action, random);
        if (next < 0 || next >= states) {
            throw new IllegalStateException("the simulator went from layer " + layer + ", state " + state + ", action "
                    + action + " to state " + next + "; layer " + (layer + 1) + " has " + states + ", counted from 0");
        }
        return next;
    }
}
