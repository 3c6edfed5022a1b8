package dev.steelyard.online.experts;

import dev.steelyard.core.state.State;
import dev.steelyard.online.MetaLearner;
import java.util.Arrays;

/**
 * Hedge: weights proportional to exp(-rate times the loss so far) (Y. Freund, R. Schapire, 1997). A sleeping expert is
 * charged the mean loss of those awake, so that its weight among them is kept.
 */
public final class Hedge implements MetaLearner {

    private static final String NAME = "hedge";

    private final double rate;
    private final double[] losses;

    /**
     * @param experts how many
     * @param rate eta; sqrt(8 ln N/T) for losses in [0, 1] over T rounds
     */
    public Hedge(int experts, double rate) {
        if (experts < 1) {
            throw new IllegalArgumentException("there must be at least one expert, not " + experts);
        }
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate must be positive and finite, not " + rate);
        }
        this.rate = rate;
        this.losses = new double[experts];
    }

    @Override
    public int experts() {
        return losses.length;
    }

    @Override
    public double[] weigh(int[] awake, double[] hints) {
        AwakeExperts.require(awake, losses.length);
        double[] logarithms = new double[awake.length];
        Arrays.setAll(logarithms, i -> -rate * (losses[awake[i]] + (hints == null ? 0 : hints[i])));
        return AwakeExperts.softmax(logarithms);
    }

    @Override
    public void learn(int[] awake, double[] probabilities, double[] hints, double[] roundLosses) {
        AwakeExperts.require(awake, losses.length);
        AwakeExperts.requireLosses(awake, probabilities, roundLosses);
        double mean = 0;
        for (int i = 0; i < awake.length; i++) {
            mean += probabilities[i] * roundLosses[i];
        }
        double[] charged = new double[losses.length];
        Arrays.fill(charged, mean);
        for (int i = 0; i < awake.length; i++) {
            charged[awake[i]] = roundLosses[i];
        }
        for (int expert = 0; expert < losses.length; expert++) {
            losses[expert] += charged[expert];
        }
    }

    @Override
    public State snapshot() {
        return State.of(NAME).put("losses", losses);
    }

    @Override
    public void restore(State snapshot) {
        double[] saved = snapshot.require(NAME).doubles("losses", losses.length);
        System.arraycopy(saved, 0, losses, 0, losses.length);
    }
}
