package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;

/**
 * Follow the perturbed leader on paths: the shortest path for the summed costs less fresh exponential noise (A. Kalai, S.
 * Vempala, 2005). The noise's mean is 1/eps with eps = 2 sqrt(ln E / T).
 */
public final class PerturbedPathLeader implements GroupExpert<int[], double[]> {

    private static final String NAME = "perturbed path leader";

    private final Dag graph;
    private final long horizon;
    private final RestorableRandom random;
    private final double[] costs;
    private double rounds;

    /**
     * @param horizon T, the group's rounds if known; 0 for those so far
     * @param seed of the noise
     */
    public PerturbedPathLeader(Dag graph, long horizon, long seed) {
        if (horizon < 0) {
            throw new IllegalArgumentException("horizon must be at least 0, not " + horizon);
        }
        this.graph = graph;
        this.horizon = horizon;
        this.random = new RestorableRandom(seed);
        this.costs = new double[graph.edges()];
    }

    /** The path of least summed cost, without noise. */
    public int[] leader() {
        return graph.argmin(costs);
    }

    @Override
    public int[] predict(double[] x) {
        double eps = 2 * Math.sqrt(Math.log(Math.max(costs.length, 2)) / Math.max(1, Math.max(horizon, rounds)));
        double[] perturbed = new double[costs.length];
        for (int e = 0; e < perturbed.length; e++) {
            perturbed[e] = costs[e] + Math.log(1 - random.nextDouble()) / eps;
        }
        return graph.argmin(perturbed);
    }

    @Override
    public void learn(double[] x, double[] revealed) {
        for (int e = 0; e < costs.length; e++) {
            costs[e] += revealed[e];
        }
        rounds++;
    }

    @Override
    public void forget(double factor) {
        for (int e = 0; e < costs.length; e++) {
            costs[e] *= factor;
        }
        rounds *= factor;
    }

    @Override
    public State state() {
        return State.of(NAME).put("random", random.state()).put("costs", costs).put("rounds", rounds);
    }

    @Override
    public Runnable load(State saved) {
        double[] savedCosts = saved.require(NAME).doubles("costs", costs.length);
        double savedRounds = saved.number("rounds");
        State savedRandom = saved.state("random");
        return () -> {
            random.restore(savedRandom);
            System.arraycopy(savedCosts, 0, costs, 0, costs.length);
            rounds = savedRounds;
        };
    }
}
