package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.State;
import java.util.List;

/** Tries every hypothesis of a list; the earliest wins a tie. The history is one sum per hypothesis. */
public final class ListOracle implements WeightedOracle {

    private static final String NAME = "list oracle";

    private final List<Hypothesis> hypotheses;
    private final double[] costs;
    private double[][] knownPoints = {};
    private boolean[][] predictions = {};

    public ListOracle(List<? extends Hypothesis> hypotheses) {
        if (hypotheses.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one hypothesis");
        }
        this.hypotheses = List.copyOf(hypotheses);
        this.costs = new double[hypotheses.size()];
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public void add(double[] x, double weight) {
        for (int h = 0; h < costs.length; h++) {
            if (hypotheses.get(h).accepts(x)) {
                costs[h] += weight;
            }
        }
    }

    @Override
    public void forget(double factor) {
        for (int h = 0; h < costs.length; h++) {
            costs[h] *= factor;
        }
    }

    @Override
    public Hypothesis best(double[][] points, double[] weights) {
        predict(points);
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int h = 0; h < costs.length; h++) {
            double cost = costs[h];
            for (int j = 0; j < weights.length; j++) {
                if (predictions[h][j]) {
                    cost += weights[j];
                }
            }
            if (cost < least) {
                least = cost;
                best = h;
            }
        }
        return hypotheses.get(best);
    }

    /** The separator stays the same from draw to draw, so that its predictions are worth keeping. */
    private void predict(double[][] points) {
        if (points == knownPoints) {
            return;
        }
        predictions = new boolean[hypotheses.size()][points.length];
        for (int h = 0; h < predictions.length; h++) {
            for (int j = 0; j < points.length; j++) {
                predictions[h][j] = hypotheses.get(h).accepts(points[j]);
            }
        }
        knownPoints = points;
    }

    @Override
    public State state() {
        return State.of(NAME).put("costs", costs);
    }

    @Override
    public Runnable load(State saved) {
        double[] savedCosts = saved.require(NAME).doubles("costs", costs.length);
        return () -> System.arraycopy(savedCosts, 0, costs, 0, costs.length);
    }
}
