package dev.steelyard.online.groupwiseregret;

import dev.steelyard.online.InvalidOutcomeException;
import java.util.Arrays;
import java.util.List;

/** Paths whose edges' costs, in [0, 1], are revealed; the loss is a path's cost over the longest path's number of edges. */
public record PathTask(Dag graph) implements GroupTask<int[], double[]> {

    @Override
    public double loss(int[] path, double[] costs) {
        return Arrays.stream(path).mapToDouble(edge -> costs[edge]).sum() / graph.longestPath();
    }

    @Override
    public void requireOutcome(long decision, double[] costs) {
        if (costs == null || costs.length != graph.edges()) {
            throw new InvalidOutcomeException(
                    "decision " + decision + " needs one cost for each of the " + graph.edges() + " edges");
        }
        for (int e = 0; e < costs.length; e++) {
            if (!(costs[e] >= 0 && costs[e] <= 1)) {
                throw new InvalidOutcomeException("decision " + decision + ": the cost of edge " + e + " is " + costs[e]
                        + "; it must be in [0, 1]");
            }
        }
    }

    @Override
    public boolean isConvex() {
        return false;
    }

    @Override
    public int[] average(double[] probabilities, List<int[]> predictions) {
        throw new UnsupportedOperationException("paths have no average");
    }

    @Override
    public double[] write(int[] path) {
        return Arrays.stream(path).asDoubleStream().toArray();
    }

    @Override
    public int[] read(double[] saved) {
        return Arrays.stream(saved).mapToInt(edge -> (int) edge).toArray();
    }
}
