package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.State;

/**
 * A regression whose predictions are cut to the labels' range, which keeps squared losses of labels in [0, 1] in [0, 1]. The
 * paper does not cut.
 *
 * @param expert that predicts and learns
 * @param lowest label
 * @param highest label
 */
public record ClippedExpert(GroupExpert<Double, Double> expert, double lowest, double highest)
        implements GroupExpert<Double, Double> {

    public ClippedExpert {
        if (!(lowest < highest)) {
            throw new IllegalArgumentException("lowest must be below highest, not " + lowest + " and " + highest);
        }
    }

    @Override
    public Double predict(double[] x) {
        return Math.clamp(expert.predict(x), lowest, highest);
    }

    @Override
    public void learn(double[] x, Double y) {
        expert.learn(x, y);
    }

    @Override
    public void forget(double factor) {
        expert.forget(factor);
    }

    @Override
    public State state() {
        return expert.state();
    }

    @Override
    public Runnable load(State saved) {
        return expert.load(saved);
    }
}
