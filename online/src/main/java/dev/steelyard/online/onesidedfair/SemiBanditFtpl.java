package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.State;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Context-Semi-Bandit-FTPL: follows the leader after Laplace noise on a separator, so that a class needs an oracle only,
 * not a list (V. Syrgkanis, A. Krishnamurthy, R. Schapire, Efficient Algorithms for Adversarial Contextual Learning, ICML
 * 2016). The policy is the mean of R draws; probabilities are estimated by geometric resampling (G. Neu, G. Bartok,
 * JMLR 2016). A round costs up to R + L calls of the oracle. Each draw has a generator of its own, split from the round's,
 * so that draws may run in parallel.
 */
public final class SemiBanditFtpl implements FairEngine {

    private static final String NAME = "ftpl";

    /** Draws of resampling that are made at once; those beyond the last one needed are for nothing. */
    private static final int AT_ONCE = 8;

    private final WeightedOracle oracle;
    private final double[][] separator;
    private final FtplOptions options;
    private double noise = 1;

    /**
     * @param separator points of which any two different hypotheses differ on one
     * @throws IllegalArgumentException if the separator is empty
     */
    public SemiBanditFtpl(WeightedOracle oracle, double[][] separator, FtplOptions options) {
        if (separator.length == 0) {
            throw new IllegalArgumentException("the separator must hold at least one point");
        }
        this.oracle = oracle;
        this.separator = Arrays.stream(separator).map(double[]::clone).toArray(double[][]::new);
        this.options = options;
    }

    /**
     * The mean of the capped number of draws: (1 - (1 - p)^L) / p, which nears 1/p as L grows.
     *
     * @param probability p, in (0, 1]
     */
    public static double expectedDraws(double probability, int cap) {
        return (1 - Math.pow(1 - probability, cap)) / probability;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void begin(long horizon, int batchSize, double penalty) {
        noise = options.noise() > 0 ? options.noise() : FtplOptions.noise(horizon, batchSize, penalty);
    }

    @Override
    public double probability(double[] x, RandomGenerator random) {
        int accepting = 0;
        for (Hypothesis hypothesis : deploy(random)) {
            accepting += hypothesis.accepts(x) ? 1 : 0;
        }
        return accepting / (double) options.draws();
    }

    @Override
    public Play play(double[][] batch, Drawing drawing, RandomGenerator random) {
        Hypothesis[] deployed = deploy(random);
        int k = batch.length;
        boolean[][] predictions = new boolean[deployed.length][];
        Arrays.setAll(predictions, r -> predict(deployed[r], batch));
        double[] probabilities = new double[k];
        for (boolean[] prediction : predictions) {
            for (int i = 0; i < k; i++) {
                probabilities[i] += prediction[i] ? 1 : 0;
            }
        }
        for (int i = 0; i < k; i++) {
            probabilities[i] /= deployed.length;
        }
        boolean[] accepted = new boolean[k];
        int[] drawn = new int[k];
        for (int i = 0; i < k; i++) {
            drawn[i] = i == 0 || drawing == Drawing.PER_INSTANCE ? random.nextInt(deployed.length) : drawn[0];
            accepted[i] = predictions[drawn[i]][i];
        }
        int[] draws = resample(batch, accepted, random);
        double[] inverseOne = new double[k];
        double[] inverseZero = new double[k];
        for (int i = 0; i < k; i++) {
            inverseOne[i] = accepted[i] ? draws[i] : 0;
            inverseZero[i] = accepted[i] ? 0 : draws[i];
        }
        return new Play(
                probabilities,
                accepted,
                inverseOne,
                inverseZero,
                drawn,
                propensity(predictions, accepted, probabilities, drawing));
    }

    private static double propensity(
            boolean[][] predictions, boolean[] accepted, double[] probabilities, Drawing drawing) {
        if (drawing == Drawing.PER_INSTANCE) {
            return IntStream.range(0, accepted.length)
                    .mapToDouble(i -> accepted[i] ? probabilities[i] : 1 - probabilities[i])
                    .reduce(1, (a, b) -> a * b);
        }
        long agreeing = Arrays.stream(predictions)
                .filter(prediction -> Arrays.equals(prediction, accepted))
                .count();
        return agreeing / (double) predictions.length;
    }

    /** Draws, for each instance, until a fresh hypothesis decides as was decided; one sequence serves all. */
    private int[] resample(double[][] batch, boolean[] accepted, RandomGenerator random) {
        int[] draws = new int[accepted.length];
        int open = draws.length;
        SplittableRandom root = new SplittableRandom(random.nextLong());
        Hypothesis[] fresh = {};
        // The last draw is counted whatever it says, so that it need not be made.
        int needed = options.resamplingCap() - 1;
        for (int draw = 0; draw < needed && open > 0; draw++) {
            int block = options.parallel() ? AT_ONCE : 1;
            if (draw % block == 0) {
                fresh = draw(Math.min(block, needed - draw), root);
            }
            for (int i = 0; i < draws.length; i++) {
                if (draws[i] == 0 && fresh[draw % block].accepts(batch[i]) == accepted[i]) {
                    draws[i] = draw + 1;
                    open--;
                }
            }
        }
        for (int i = 0; i < draws.length; i++) {
            draws[i] = draws[i] == 0 ? options.resamplingCap() : draws[i];
        }
        return draws;
    }

    private Hypothesis[] deploy(RandomGenerator random) {
        return draw(options.draws(), new SplittableRandom(random.nextLong()));
    }

    /** So many hypotheses, each by a generator of its own. */
    private Hypothesis[] draw(int count, SplittableRandom root) {
        SplittableRandom[] own = new SplittableRandom[count];
        Arrays.setAll(own, r -> root.split());
        Stream<SplittableRandom> draws = Arrays.stream(own);
        return (options.parallel() ? draws.parallel() : draws).map(this::draw).toArray(Hypothesis[]::new);
    }

    private Hypothesis draw(RandomGenerator random) {
        double[] weights = new double[separator.length];
        for (int j = 0; j < weights.length; j++) {
            double onOne = laplace(random);
            double onZero = laplace(random);
            weights[j] = onOne - onZero;
        }
        return oracle.best(separator, weights);
    }

    private double laplace(RandomGenerator random) {
        double size = -noise * Math.log(1 - random.nextDouble());
        return random.nextBoolean() ? size : -size;
    }

    private static boolean[] predict(Hypothesis hypothesis, double[][] batch) {
        boolean[] predictions = new boolean[batch.length];
        for (int i = 0; i < predictions.length; i++) {
            predictions[i] = hypothesis.accepts(batch[i]);
        }
        return predictions;
    }

    @Override
    public void learn(double[] x, double one, double zero) {
        oracle.add(x, one - zero);
    }

    @Override
    public void forget(double factor) {
        oracle.forget(factor);
    }

    @Override
    public State state() {
        return State.of(NAME).put("oracle", oracle.state()).put("noise", noise);
    }

    @Override
    public Runnable load(State saved) {
        Runnable history = oracle.load(saved.require(NAME).state("oracle"));
        double savedNoise = saved.number("noise");
        return () -> {
            history.run();
            noise = savedNoise;
        };
    }
}
