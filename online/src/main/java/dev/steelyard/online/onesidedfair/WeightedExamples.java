package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Instances with the weight of accepting them; equal instances share one weight. */
final class WeightedExamples {

    private static final String NAME = "weighted examples";

    private final Map<Key, Double> weights = new LinkedHashMap<>();

    private record Key(double[] x) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(key.x, x);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(x);
        }
    }

    record Example(double[] x, double weight) {}

    void add(double[] x, double weight) {
        weights.merge(new Key(x.clone()), weight, Double::sum);
    }

    void forget(double factor) {
        if (factor == 0) {
            weights.clear();
        } else {
            weights.replaceAll((key, weight) -> weight * factor);
        }
    }

    List<Example> with(double[][] points, double[] more) {
        List<Example> all = new ArrayList<>(weights.size() + points.length);
        weights.forEach((key, weight) -> all.add(new Example(key.x(), weight)));
        for (int j = 0; j < points.length; j++) {
            all.add(new Example(points[j], more[j]));
        }
        return all;
    }

    State state() {
        return State.of(NAME)
                .put("x", weights.keySet().stream().map(Key::x).toArray(double[][]::new))
                .put("weights", weights.values().stream().mapToDouble(w -> w).toArray());
    }

    Runnable load(State saved) {
        double[][] x = saved.require(NAME).matrix("x");
        double[] savedWeights = saved.doubles("weights", x.length);
        return () -> {
            weights.clear();
            for (int i = 0; i < x.length; i++) {
                weights.put(new Key(x[i]), savedWeights[i]);
            }
        };
    }
}
