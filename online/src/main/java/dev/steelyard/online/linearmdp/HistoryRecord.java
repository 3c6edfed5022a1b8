package dev.steelyard.online.linearmdp;

import dev.steelyard.core.state.State;
import java.util.ArrayList;
import java.util.List;

/**
 * What the episodes of one policy taught, as far as it is not linear in the features: enough to evaluate their estimates
 * and bonuses in any state later.
 *
 * @param epoch the number of the policy, which keys its draws
 * @param basis how many records, from the first, made that policy
 * @param episodes how many were learnt
 * @param inverse Sg of each layer; empty without bonus
 * @param theta the sum over episodes of Sg phi L, of each layer: plain estimates are linear
 * @param visited Sg phi of each layer and episode; empty but for magnitude-reduced estimates
 * @param simulated Sg phi of each layer and simulated trajectory; likewise
 */
record HistoryRecord(
        long epoch,
        int basis,
        int episodes,
        double[][][] inverse,
        double[][] theta,
        double[][][] visited,
        double[][][] simulated) {

    private static final String NAME = "history record";

    /** The sum over the record's episodes of the estimated loss to come. */
    double estimate(int layer, double[] phi, int horizon) {
        double sum = Vectors.dot(phi, theta[layer]);
        if (visited.length == 0) {
            return sum;
        }
        for (double[] each : visited[layer]) {
            sum -= horizon * Math.min(Vectors.dot(phi, each), 0);
        }
        double mean = 0;
        for (double[] each : simulated[layer]) {
            mean += Math.min(Vectors.dot(phi, each), 0) / simulated[layer].length;
        }
        return sum + episodes * horizon * mean;
    }

    State state() {
        return State.of(NAME)
                .put("epoch", epoch)
                .put("basis", basis)
                .put("episodes", episodes)
                .put("theta", theta)
                .put("inverse", layers(inverse))
                .put("visited", layers(visited))
                .put("simulated", layers(simulated));
    }

    static HistoryRecord from(State saved) {
        return new HistoryRecord(
                saved.require(NAME).integer("epoch"),
                saved.smallInteger("basis"),
                saved.smallInteger("episodes"),
                matrices(saved, "inverse"),
                saved.matrix("theta"),
                matrices(saved, "visited"),
                matrices(saved, "simulated"));
    }

    private static List<State> layers(double[][][] matrices) {
        List<State> states = new ArrayList<>();
        for (double[][] matrix : matrices) {
            states.add(State.of("layer").put("rows", matrix));
        }
        return states;
    }

    private static double[][][] matrices(State saved, String name) {
        return saved.states(name, layer -> layer.require("layer").matrix("rows"))
                .toArray(double[][][]::new);
    }
}
