package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import java.util.Arrays;

/**
 * Hedge over all paths of a graph without listing them: weight pushing (E. Takimoto, M. Warmuth, Path Kernels and
 * Multiplicative Updates, JMLR 4, 2003). A path's weight is exp(-rate times its summed cost); what all paths onward from a
 * node weigh together follows from the sink backward, and a path is drawn edge by edge. A round costs O(E), and the
 * expected loss is exact.
 */
public final class PathHedge implements PartialExpert<int[], double[]> {

    private static final String NAME = "path hedge";

    private final Dag graph;
    private final double rate;
    private final RestorableRandom random;
    private final double[] costs;

    /**
     * @param rate eta, on costs of edges as they are revealed; greater than 0
     * @param seed of the draws
     */
    public PathHedge(Dag graph, double rate, long seed) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate must be positive and finite, not " + rate);
        }
        this.graph = graph;
        this.rate = rate;
        this.random = new RestorableRandom(seed);
        this.costs = new double[graph.edges()];
    }

    /**
     * The rate of the theory for edge costs in [0, 1]: sqrt(8 ln N / T) / L with N paths of at most L edges.
     *
     * @param rounds T, at least 1
     */
    public static double rate(Dag graph, long rounds) {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1, not " + rounds);
        }
        return Math.sqrt(8 * Math.log(Math.max(2, graph.paths())) / rounds) / graph.longestPath();
    }

    /** The logarithm of what all paths onward from each node weigh together. */
    private double[] onward() {
        double[] onward = new double[graph.nodes()];
        Arrays.fill(onward, Double.NEGATIVE_INFINITY);
        onward[onward.length - 1] = 0;
        for (int node = onward.length - 2; node >= 0; node--) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int e : graph.leaving(node)) {
                largest = Math.max(largest, through(e, onward));
            }
            if (largest == Double.NEGATIVE_INFINITY) {
                continue;
            }
            double sum = 0;
            for (int e : graph.leaving(node)) {
                sum += Math.exp(through(e, onward) - largest);
            }
            onward[node] = largest + Math.log(sum);
        }
        return onward;
    }

    private double through(int edge, double[] onward) {
        return onward[graph.head(edge)] - rate * costs[edge];
    }

    /** The probability with which each edge is on the path drawn now. */
    public double[] edgeProbabilities() {
        double[] onward = onward();
        double[] reached = new double[graph.nodes()];
        reached[0] = 1;
        double[] probabilities = new double[costs.length];
        for (int node = 0; node < reached.length; node++) {
            for (int e : graph.leaving(node)) {
                if (reached[node] > 0) {
                    probabilities[e] = reached[node] * Math.exp(through(e, onward) - onward[node]);
                    reached[graph.head(e)] += probabilities[e];
                }
            }
        }
        return probabilities;
    }

    /** The exact expectation of the summed costs along the path drawn now. */
    public double expectedCost(double[] edgeCosts) {
        double[] probabilities = edgeProbabilities();
        double expected = 0;
        for (int e = 0; e < probabilities.length; e++) {
            expected += probabilities[e] * edgeCosts[e];
        }
        return expected;
    }

    @Override
    public int[] predict(double[] x) {
        double[] onward = onward();
        int[] path = new int[graph.longestPath()];
        int length = 0;
        for (int node = 0; node != graph.nodes() - 1; node = graph.head(path[length++])) {
            path[length] = draw(node, onward);
        }
        return Arrays.copyOf(path, length);
    }

    private int draw(int node, double[] onward) {
        double left = random.nextDouble();
        int last = -1;
        for (int e : graph.leaving(node)) {
            double probability = Math.exp(through(e, onward) - onward[node]);
            if (probability > 0) {
                last = e;
                left -= probability;
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }

    @Override
    public double probability(double[] x, int[] path) {
        double cost = 0;
        for (int e : path) {
            cost += costs[e];
        }
        return Math.exp(-rate * cost - onward()[0]);
    }

    /** A path's total cost tells nothing of single edges: nothing is learnt from it. */
    @Override
    public void learnPlayed(double[] x, int[] played, double estimate) {}

    @Override
    public void learn(double[] x, double[] revealed) {
        for (int e = 0; e < costs.length; e++) {
            costs[e] += revealed[e];
        }
    }

    @Override
    public void forget(double factor) {
        for (int e = 0; e < costs.length; e++) {
            costs[e] *= factor;
        }
    }

    @Override
    public State state() {
        return State.of(NAME).put("random", random.state()).put("costs", costs);
    }

    @Override
    public Runnable load(State saved) {
        double[] savedCosts = saved.require(NAME).doubles("costs", costs.length);
        State savedRandom = saved.state("random");
        return () -> {
            random.restore(savedRandom);
            System.arraycopy(savedCosts, 0, costs, 0, costs.length);
        };
    }
}
