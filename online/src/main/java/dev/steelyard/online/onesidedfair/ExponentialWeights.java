package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.State;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Exp2 over a list of hypotheses: weights proportional to exp(-eta times the estimated cost so far). A round costs O(|H|
 * k), memory is O(|H|).
 */
public final class ExponentialWeights implements FairEngine {

    private static final String NAME = "exp2";

    private final List<Hypothesis> hypotheses;
    private final OptionalDouble fixedRate;
    private final double[] costs;
    private double rate;

    /** Weights whose rate is sqrt(ln|H| / (T k (k + 2C))). */
    public ExponentialWeights(List<? extends Hypothesis> hypotheses) {
        this(hypotheses, OptionalDouble.empty());
    }

    /**
     * Weights of a given rate.
     *
     * @param rate eta, greater than 0
     */
    public ExponentialWeights(List<? extends Hypothesis> hypotheses, double rate) {
        this(hypotheses, OptionalDouble.of(rate));
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("the learning rate must be positive and finite, not " + rate);
        }
        this.rate = rate;
    }

    private ExponentialWeights(List<? extends Hypothesis> hypotheses, OptionalDouble fixedRate) {
        if (hypotheses.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one hypothesis");
        }
        this.hypotheses = List.copyOf(hypotheses);
        this.fixedRate = fixedRate;
        this.costs = new double[hypotheses.size()];
        this.rate = 1;
    }

    /** The rate of the theory: sqrt(ln|H| / (T k (k + 2C))). */
    public static double rate(int hypotheses, long horizon, int batchSize, double penalty) {
        return Math.sqrt(Math.log(hypotheses) / (horizon * (double) batchSize * (batchSize + 2 * penalty)));
    }

    /** The estimated cost of each hypothesis so far. */
    public double[] costs() {
        return costs.clone();
    }

    /** The rate in use. */
    public double rate() {
        return rate;
    }

    /** The probability with which each hypothesis is drawn. */
    public double[] weights() {
        double least = Arrays.stream(costs).min().orElseThrow();
        double[] weights = new double[costs.length];
        double sum = 0;
        for (int h = 0; h < weights.length; h++) {
            weights[h] = Math.exp(-rate * (costs[h] - least));
            sum += weights[h];
        }
        for (int h = 0; h < weights.length; h++) {
            weights[h] /= sum;
        }
        return weights;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void begin(long horizon, int batchSize, double penalty) {
        rate = fixedRate.orElseGet(() -> rate(Math.max(2, costs.length), horizon, batchSize, penalty));
    }

    @Override
    public double probability(double[] x, RandomGenerator random) {
        double[] weights = weights();
        double probability = 0;
        for (int h = 0; h < weights.length; h++) {
            if (hypotheses.get(h).accepts(x)) {
                probability += weights[h];
            }
        }
        return Math.min(1, probability);
    }

    @Override
    public Play play(double[][] batch, Drawing drawing, RandomGenerator random) {
        double[] weights = weights();
        int k = batch.length;
        boolean[][] predictions = new boolean[weights.length][k];
        double[] one = new double[k];
        double[] zero = new double[k];
        for (int h = 0; h < weights.length; h++) {
            for (int i = 0; i < k; i++) {
                predictions[h][i] = hypotheses.get(h).accepts(batch[i]);
                if (predictions[h][i]) {
                    one[i] += weights[h];
                } else {
                    zero[i] += weights[h];
                }
            }
        }
        boolean[] accepted = new boolean[k];
        int drawn = draw(weights, random);
        for (int i = 0; i < k; i++) {
            accepted[i] = predictions[drawn][i];
            if (drawing == Drawing.PER_INSTANCE && i + 1 < k) {
                drawn = draw(weights, random);
            }
        }
        double[] inverseOne = new double[k];
        double[] inverseZero = new double[k];
        for (int i = 0; i < k; i++) {
            inverseOne[i] = accepted[i] ? 1 / one[i] : 0;
            inverseZero[i] = accepted[i] ? 0 : 1 / zero[i];
            one[i] = Math.min(1, one[i]);
        }
        return new Play(
                one, accepted, inverseOne, inverseZero, propensity(weights, predictions, accepted, one, zero, drawing));
    }

    private static double propensity(
            double[] weights,
            boolean[][] predictions,
            boolean[] accepted,
            double[] one,
            double[] zero,
            Drawing drawing) {
        double propensity = 0;
        if (drawing == Drawing.PER_INSTANCE) {
            propensity = 1;
            for (int i = 0; i < accepted.length; i++) {
                propensity *= accepted[i] ? one[i] : zero[i];
            }
        } else {
            for (int h = 0; h < weights.length; h++) {
                propensity += Arrays.equals(predictions[h], accepted) ? weights[h] : 0;
            }
        }
        return Math.min(1, propensity);
    }

    private static int draw(double[] weights, RandomGenerator random) {
        double left = random.nextDouble();
        int last = 0;
        for (int h = 0; h < weights.length; h++) {
            if (weights[h] > 0) {
                last = h;
                left -= weights[h];
                if (left < 0) {
                    return h;
                }
            }
        }
        return last;
    }

    @Override
    public void learn(double[] x, double one, double zero) {
        for (int h = 0; h < costs.length; h++) {
            costs[h] += hypotheses.get(h).accepts(x) ? one : zero;
        }
    }

    @Override
    public void forget(double factor) {
        for (int h = 0; h < costs.length; h++) {
            costs[h] *= factor;
        }
    }

    @Override
    public State state() {
        return State.of(NAME).put("costs", costs).put("rate", rate);
    }

    @Override
    public Runnable load(State saved) {
        double[] savedCosts = saved.require(NAME).doubles("costs", costs.length);
        double savedRate = saved.number("rate");
        return () -> {
            System.arraycopy(savedCosts, 0, costs, 0, costs.length);
            rate = savedRate;
        };
    }
}
