package dev.steelyard.core.study;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The finished trials of a grid, in the grid's order, with the selections that studies need. */
public record TrialResults(List<TrialResult> all) {

    public TrialResults {
        all = List.copyOf(all);
    }

    /** The results whose trial passes. */
    public TrialResults where(Predicate<Trial> condition) {
        return new TrialResults(
                all.stream().filter(result -> condition.test(result.trial())).toList());
    }

    /** The results of one part of the study. */
    public TrialResults part(String part) {
        return where(trial -> trial.part().equals(part));
    }

    /** The results of one method. */
    public TrialResults method(String method) {
        return where(trial -> trial.method().equals(method));
    }

    /** The results of one setting. */
    public TrialResults setting(String setting) {
        return where(trial -> trial.setting().equals(setting));
    }

    /** One metric of every result, by growing seed, so that two methods' arrays are paired. */
    public double[] metric(String name) {
        return all.stream()
                .sorted(Comparator.comparingInt(result -> result.trial().seed()))
                .mapToDouble(result -> result.metric(name))
                .toArray();
    }

    /** The interval of a metric over the results. */
    public Interval interval(String metric) {
        return Interval.of(metric(metric));
    }

    /** One curve of every result, in the results' order. */
    public List<Curve> curves(String name) {
        return all.stream()
                .map(result -> {
                    Curve curve = result.curves().get(name);
                    if (curve == null) {
                        throw new IllegalArgumentException(
                                "trial " + result.trial().key() + " has no curve '" + name + "'; it has "
                                        + result.curves().keySet());
                    }
                    return curve;
                })
                .toList();
    }
}
