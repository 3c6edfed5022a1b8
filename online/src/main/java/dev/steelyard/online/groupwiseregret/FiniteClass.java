package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Hedge over a small class of predictors (Y. Freund, R. Schapire, 1997); where only the loss of what was played is seen, it
 * is Exp4 (P. Auer, N. Cesa-Bianchi, Y. Freund, R. Schapire, 2002), and over constant predictors Exp3. Without exploration:
 * what nobody predicts is never played.
 */
public final class FiniteClass<Z, Y> implements PartialExpert<Z, Y> {

    private static final String NAME = "finite class";

    private final List<Function<double[], Z>> predictors;
    private final GroupTask<Z, Y> task;
    private final double rate;
    private final RestorableRandom random;
    private final double[] losses;

    /**
     * @param predictors at least one
     * @param rate eta, greater than 0; sqrt(8 ln N/T) for losses in [0, 1] over T rounds that are seen whole
     * @param seed of the draws
     */
    public FiniteClass(List<? extends Function<double[], Z>> predictors, GroupTask<Z, Y> task, double rate, long seed) {
        if (predictors.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one predictor");
        }
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate must be positive and finite, not " + rate);
        }
        this.predictors = List.copyOf(predictors);
        this.task = task;
        this.rate = rate;
        this.random = new RestorableRandom(seed);
        this.losses = new double[predictors.size()];
    }

    /** The probability of each predictor. */
    public double[] weights() {
        double least = Arrays.stream(losses).min().orElseThrow();
        double[] weights = Arrays.stream(losses)
                .map(loss -> Math.exp(-rate * (loss - least)))
                .toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    @Override
    public Z predict(double[] x) {
        double[] weights = weights();
        double left = random.nextDouble();
        int drawn = 0;
        for (int f = 0; f < weights.length && left >= 0; f++) {
            if (weights[f] > 0) {
                drawn = f;
                left -= weights[f];
            }
        }
        return predictors.get(drawn).apply(x);
    }

    @Override
    public double probability(double[] x, Z prediction) {
        double[] weights = weights();
        double probability = 0;
        for (int f = 0; f < weights.length; f++) {
            probability += task.same(predictors.get(f).apply(x), prediction) ? weights[f] : 0;
        }
        return Math.min(1, probability);
    }

    @Override
    public void learn(double[] x, Y y) {
        for (int f = 0; f < losses.length; f++) {
            losses[f] += task.loss(predictors.get(f).apply(x), y);
        }
    }

    @Override
    public void learnPlayed(double[] x, Z played, double estimate) {
        for (int f = 0; f < losses.length; f++) {
            losses[f] += task.same(predictors.get(f).apply(x), played) ? estimate : 0;
        }
    }

    @Override
    public void forget(double factor) {
        for (int f = 0; f < losses.length; f++) {
            losses[f] *= factor;
        }
    }

    @Override
    public State state() {
        return State.of(NAME).put("random", random.state()).put("losses", losses);
    }

    @Override
    public Runnable load(State saved) {
        double[] savedLosses = saved.require(NAME).doubles("losses", losses.length);
        State savedRandom = saved.state("random");
        return () -> {
            random.restore(savedRandom);
            System.arraycopy(savedLosses, 0, losses, 0, losses.length);
        };
    }
}
