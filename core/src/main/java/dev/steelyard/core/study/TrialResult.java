package dev.steelyard.core.study;

import java.util.Map;

/**
 * What a finished trial leaves on disk.
 *
 * @param trial which one
 * @param metrics measured numbers by name; infinities and NaN are kept as they are
 * @param curves quantities over time by name
 * @param seconds how long it ran
 */
public record TrialResult(Trial trial, Map<String, Double> metrics, Map<String, Curve> curves, double seconds) {

    public TrialResult {
        metrics = Map.copyOf(metrics);
        curves = Map.copyOf(curves);
    }

    /**
     * One metric.
     *
     * @throws IllegalArgumentException if the trial did not measure it
     */
    public double metric(String name) {
        Double value = metrics.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "trial " + trial.key() + " has no metric '" + name + "'; it has " + metrics.keySet());
        }
        return value;
    }
}
