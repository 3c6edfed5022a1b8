package dev.steelyard.online.bandit;

import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;

/**
 * UCB1 on losses: plays the arm of the lowest {@code mean - sqrt(2 ln t / pulls)}; each arm once first, in order. P.
 * Auer, N. Cesa-Bianchi, P. Fischer, Finite-time Analysis of the Multiarmed Bandit Problem, Machine Learning 47, 2002.
 *
 * <p>While losses are late, the radius counts the pulls asked for; without delay this is the published index.
 */
public final class Ucb1 extends PullBandit {

    /** The constant under the root in the paper. */
    private static final double EXPLORATION = 2;

    private final long horizon;
    private final double[] indices;

    /**
     * @param horizon if positive, its logarithm stands in the radius instead of the round's
     */
    public Ucb1(int arms, long horizon, long seed) {
        super("ucb1", arms, seed);
        if (horizon < 0) {
            throw new IllegalArgumentException("horizon must be at least 0 (0 for none), not " + horizon);
        }
        this.horizon = horizon;
        this.indices = new double[arms];
    }

    /** Without a horizon. */
    public Ucb1(int arms, long seed) {
        this(arms, 0, seed);
    }

    @Override
    Pull choose() {
        return new Pull(lowestIndex(), 1, true);
    }

    private int lowestIndex() {
        double numerator = EXPLORATION * Math.log(horizon > 0 ? horizon : Math.max(1, made()));
        // Two loops: the first has no branch, so that roots and quotients are taken several at a time.
        for (int arm = 0; arm < indices.length; arm++) {
            indices[arm] = means[arm] - Math.sqrt(numerator / asked[arm]);
        }
        int best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int arm = 0; arm < indices.length; arm++) {
            // One that was never asked for has minus infinity, or NaN in the first rounds, whose logarithm is 0.
            if (!(indices[arm] > Double.NEGATIVE_INFINITY)) {
                return arm;
            }
            if (indices[arm] < lowest) {
                lowest = indices[arm];
                best = arm;
            }
        }
        return best;
    }

    @Override
    public double probability(Void context, Integer arm) {
        return arm == lowestIndex() ? 1 : 0;
    }

    /** Makes it from JSON. */
    public static final class Factory extends BanditFactory {
        public Factory() {
            super(
                    "ucb1",
                    "Plays the arm whose loss could still be the lowest; for losses that do not change over time.",
                    new LearnerFactory.Option(
                            "horizon",
                            "integer",
                            false,
                            "rounds in all, for a radius by their logarithm; default 0: by the round's"));
        }

        @Override
        protected BanditLearner bandit(int arms, Options options, long seed) {
            return new Ucb1(arms, options.longInteger("horizon", 0), seed);
        }
    }
}
