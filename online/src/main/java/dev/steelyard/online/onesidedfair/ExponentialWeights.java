package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.State;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Exp2 over a list of hypotheses: weights proportional to exp(-eta times the estimated cost so far). A round costs O(|H|
 * k), memory is O(|H| k).
 *
 * <p>Long lists are worked on in shards, in parallel: each finds its hypotheses' weights and its part of every sum, and the
 * parts are added in order, so that results do not depend on the number of cores. Hypotheses may then be asked by several
 * threads at once.
 */
public final class ExponentialWeights implements FairEngine {

    private static final String NAME = "exp2";

    /** Hypotheses of a shard: enough that a thread's start costs little beside them. */
    static final int SHARD = 4096;

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
        double[][] parts = new double[shards()][1];
        eachShard((shard, h) -> {
            weights[h] = Math.exp(-rate * (costs[h] - least));
            parts[shard][0] += weights[h];
        });
        double sum = sum(parts, 0);
        eachShard((shard, h) -> weights[h] /= sum);
        return weights;
    }

    /** What is done for a hypothesis of a shard. */
    private interface Work {
        void on(int shard, int hypothesis);
    }

    private int shards() {
        return (costs.length + SHARD - 1) / SHARD;
    }

    private void eachShard(Work work) {
        IntStream shards = IntStream.range(0, shards());
        (shards() > 1 ? shards.parallel() : shards).forEach(shard -> {
            int end = Math.min(costs.length, (shard + 1) * SHARD);
            for (int h = shard * SHARD; h < end; h++) {
                work.on(shard, h);
            }
        });
    }

    private static double sum(double[][] parts, int of) {
        double sum = 0;
        for (double[] part : parts) {
            sum += part[of];
        }
        return sum;
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
        double[][] parts = new double[shards()][1];
        eachShard((shard, h) -> parts[shard][0] += hypotheses.get(h).accepts(x) ? weights[h] : 0);
        return Math.min(1, sum(parts, 0));
    }

    @Override
    public Play play(double[][] batch, Drawing drawing, RandomGenerator random) {
        double[] weights = weights();
        int k = batch.length;
        boolean[][] predictions = new boolean[weights.length][];
        double[][] ones = new double[shards()][k];
        double[][] zeros = new double[shards()][k];
        eachShard((shard, h) -> {
            boolean[] prediction = new boolean[k];
            for (int i = 0; i < k; i++) {
                prediction[i] = hypotheses.get(h).accepts(batch[i]);
                (prediction[i] ? ones : zeros)[shard][i] += weights[h];
            }
            predictions[h] = prediction;
        });
        double[] one = new double[k];
        double[] zero = new double[k];
        for (int i = 0; i < k; i++) {
            one[i] = sum(ones, i);
            zero[i] = sum(zeros, i);
        }
        boolean[] accepted = new boolean[k];
        int[] drawn = new int[k];
        for (int i = 0; i < k; i++) {
            drawn[i] = i == 0 || drawing == Drawing.PER_INSTANCE ? draw(weights, random) : drawn[0];
            accepted[i] = predictions[drawn[i]][i];
        }
        double[] inverseOne = new double[k];
        double[] inverseZero = new double[k];
        for (int i = 0; i < k; i++) {
            inverseOne[i] = accepted[i] ? 1 / one[i] : 0;
            inverseZero[i] = accepted[i] ? 0 : 1 / zero[i];
            one[i] = Math.min(1, one[i]);
        }
        return new Play(
                one,
                accepted,
                inverseOne,
                inverseZero,
                drawn,
                propensity(weights, predictions, accepted, one, zero, drawing));
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
        eachShard((shard, h) -> costs[h] += hypotheses.get(h).accepts(x) ? one : zero);
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
