package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.State;
import java.util.Comparator;
import java.util.List;

/**
 * The exact best stump, over all features, thresholds and directions, with accepting everybody and nobody among them. A
 * call sorts the n examples once per feature: O(d n log n).
 */
public final class StumpOracle implements WeightedOracle {

    private static final String NAME = "stump oracle";

    private final int features;
    private final WeightedExamples history = new WeightedExamples();

    public StumpOracle(int features) {
        if (features < 1) {
            throw new IllegalArgumentException("there must be at least one feature, not " + features);
        }
        this.features = features;
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
        history.add(x, weight);
    }

    @Override
    public void forget(double factor) {
        history.forget(factor);
    }

    @Override
    public Hypothesis best(double[][] points, double[] weights) {
        List<WeightedExamples.Example> examples = history.with(points, weights);
        double total =
                examples.stream().mapToDouble(WeightedExamples.Example::weight).sum();
        Hypothesis best = new Hypothesis.Constant(false);
        double least = 0;
        if (total < least) {
            least = total;
            best = new Hypothesis.Constant(true);
        }
        for (int feature = 0; feature < features; feature++) {
            int f = feature;
            List<WeightedExamples.Example> sorted = examples.stream()
                    .sorted(Comparator.comparingDouble(example -> example.x()[f]))
                    .toList();
            double below = 0;
            for (int i = 1; i < sorted.size(); i++) {
                below += sorted.get(i - 1).weight();
                double before = sorted.get(i - 1).x()[f];
                double after = sorted.get(i).x()[f];
                if (before == after) {
                    continue;
                }
                boolean above = total - below <= below;
                double cost = Math.min(total - below, below);
                if (cost < least) {
                    least = cost;
                    // Halfway, unless rounding would put it onto the value that must stay below.
                    double middle = before + (after - before) / 2;
                    best = new Hypothesis.Stump(f, middle > before ? middle : after, above);
                }
            }
        }
        return best;
    }

    @Override
    public State state() {
        return State.of(NAME).put("history", history.state());
    }

    @Override
    public Runnable load(State saved) {
        return history.load(saved.require(NAME).state("history"));
    }
}
