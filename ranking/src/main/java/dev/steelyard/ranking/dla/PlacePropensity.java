package dev.steelyard.ranking.dla;

import dev.steelyard.core.state.State;
import java.util.Arrays;

/** A free logit a place, 0 at first: what the paper's network on the one-hot place can express, and nothing else. */
final class PlacePropensity implements PropensityModel {

    private static final String NAME = "place propensity";

    private final double[] logits;
    private final double[] ofPlaces;
    private final GradientSteps steps;

    PlacePropensity(DualOptions options) {
        this.logits = new double[options.positions()];
        this.ofPlaces = new double[options.positions()];
        this.steps = options.propensitySteps(options.positions());
    }

    @Override
    public void logits(ListBatch lists, double[] into) {
        for (int b = 0; b < lists.lists(); b++) {
            System.arraycopy(logits, 0, into, lists.from(b), lists.from(b + 1) - lists.from(b));
        }
    }

    @Override
    public void step(ListBatch lists, double[] gradient) {
        Arrays.fill(ofPlaces, 0);
        for (int b = 0; b < lists.lists(); b++) {
            int from = lists.from(b);
            for (int k = from; k < lists.from(b + 1); k++) {
                ofPlaces[k - from] += gradient[k];
            }
        }
        steps.step(logits, ofPlaces);
    }

    @Override
    public double[] logits(boolean[] clicks) {
        return logits.clone();
    }

    @Override
    public void restartRates() {
        steps.restart();
    }

    @Override
    public State state() {
        return State.of(NAME).put("logits", logits).put("steps", steps.state());
    }

    @Override
    public Runnable load(State saved) {
        double[] read = saved.require(NAME).doubles("logits", logits.length);
        Runnable savedSteps = steps.load(saved.state("steps"));
        return () -> {
            System.arraycopy(read, 0, logits, 0, read.length);
            savedSteps.run();
        };
    }
}
