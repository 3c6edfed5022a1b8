package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.State;
import java.util.List;

/** Tries every hypothesis of a list; the earliest wins a tie. The history is one sum per hypothesis. */
public final class ListOracle implements WeightedOracle {

    private static final String NAME = "list oracle";

    private final List<Hypothesis> hypotheses;
    private final double[] costs;
    private Predictions known = new Predictions(new double[0][], new boolean[0][]);

    /** What each hypothesis says of points; whole at any time, for draws in parallel. */
    private record Predictions(double[][] points, boolean[][] of) {}

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
        return hypotheses.get(bestNumber(points, weights));
    }

    /** The number of the hypothesis that {@link #best} gives. */
    int bestNumber(double[][] points, double[] weights) {
        boolean[][] predictions = predict(points);
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
        return best;
    }

    Hypothesis hypothesis(int number) {
        return hypotheses.get(number);
    }

    /** The separator stays the same from draw to draw, so that its predictions are worth keeping. */
    private boolean[][] predict(double[][] points) {
        Predictions kept = known;
        if (points == kept.points()) {
            return kept.of();
        }
        boolean[][] predictions = new boolean[hypotheses.size()][points.length];
        for (int h = 0; h < predictions.length; h++) {
            for (int j = 0; j < points.length; j++) {
                predictions[h][j] = hypotheses.get(h).accepts(points[j]);
            }
        }
        known = new Predictions(points, predictions);
        return predictions;
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
