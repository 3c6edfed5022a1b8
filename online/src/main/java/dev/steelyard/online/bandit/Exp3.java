package dev.steelyard.online.bandit;

import dev.steelyard.core.state.State;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;

/**
 * EXP3: exponential weights on losses divided by the probability with which they were seen; for losses that an adversary
 * chooses. P. Auer, N. Cesa-Bianchi, Y. Freund, R. Schapire, The Nonstochastic Multiarmed Bandit Problem, SIAM J.
 * Computing 32, 2002.
 *
 * <p>A draw and an update are O(log K).
 *
 * <p>With a batch of B rounds, a draw is played B times and counts by its mean loss, for adversaries that remember: R.
 * Arora, O. Dekel, A. Tewari, Online Bandit Learning against an Adaptive Adversary, ICML 2012.
 */
public final class Exp3 extends PullBandit {

    /** Below this sum the weights are rebased, long before they lose precision. */
    private static final double SMALLEST_SUM = 1e-100;

    private final Exp3Options options;
    private final double[] estimates;
    private final SumTree weights;
    private double base;
    private int drawn = -1;
    private double drawnProbability;
    private int playsLeft;

    public Exp3(Exp3Options options, long seed) {
        super("exp3", options.arms(), seed);
        this.options = options;
        this.estimates = new double[arms()];
        this.weights = new SumTree(arms());
        rebase();
    }

    @Override
    Pull choose() {
        if (playsLeft == 0) {
            drawn = weights.find(
                    random.nextDouble(), (1 - options.mixing()) / weights.sum(), options.mixing() / arms());
            drawnProbability = mixed(drawn);
            playsLeft = options.batch();
        }
        playsLeft--;
        return new Pull(drawn, drawnProbability, true);
    }

    @Override
    void learn(Pull pull, double loss) {
        double estimate = loss / (pull.probability() * options.batch());
        estimates[pull.arm()] += estimate;
        weigh(pull.arm());
        if (weights.sum() < SMALLEST_SUM) {
            rebase();
        }
    }

    /** The probability of an arm in the next draw. */
    @Override
    public double probability(Void context, Integer arm) {
        if (playsLeft > 0) {
            return arm == drawn ? 1 : 0;
        }
        return mixed(arm);
    }

    @Override
    public int recommendation() {
        int best = 0;
        for (int arm = 1; arm < arms(); arm++) {
            if (estimates[arm] < estimates[best]) {
                best = arm;
            }
        }
        return best;
    }

    private double mixed(int arm) {
        return (1 - options.mixing()) * weights.get(arm) / weights.sum() + options.mixing() / arms();
    }

    private void weigh(int arm) {
        weights.set(arm, Math.exp(-options.rate() * (estimates[arm] - base)));
    }

    private void rebase() {
        base = Double.POSITIVE_INFINITY;
        for (double estimate : estimates) {
            base = Math.min(base, estimate);
        }
        for (int arm = 0; arm < arms(); arm++) {
            weigh(arm);
        }
    }

    @Override
    void save(State state) {
        state.put("estimates", estimates)
                .put("base", base)
                .put("drawn", drawn)
                .put("drawnProbability", drawnProbability)
                .put("playsLeft", playsLeft);
    }

    @Override
    Runnable load(State state) {
        double[] savedEstimates = state.doubles("estimates", arms());
        double savedBase = state.number("base");
        int savedDrawn = state.smallInteger("drawn");
        double savedProbability = state.number("drawnProbability");
        int savedPlaysLeft = state.smallInteger("playsLeft");
        return () -> {
            base = savedBase;
            drawn = savedDrawn;
            drawnProbability = savedProbability;
            playsLeft = savedPlaysLeft;
            for (int arm = 0; arm < arms(); arm++) {
                estimates[arm] = savedEstimates[arm];
                weigh(arm);
            }
        };
    }

    /** Makes it from JSON. */
    public static final class Factory extends BanditFactory {
        public Factory() {
            super(
                    "exp3",
                    "Exponential weights; for losses that change over time, whoever changes them.",
                    new LearnerFactory.Option(
                            "horizon", "integer", false, "rounds in all, which set the rate; default 10000"),
                    new LearnerFactory.Option("rate", "number", false, "the rate, above 0; default by the horizon"),
                    new LearnerFactory.Option("batch", "integer", false, "plays of one draw; default 1"),
                    new LearnerFactory.Option(
                            "mixing", "number", false, "share of uniform exploration, in [0, 1]; default 0"));
        }

        @Override
        protected BanditLearner bandit(int arms, Options options, long seed) {
            Exp3Options read =
                    Exp3Options.forHorizon(arms, options.longInteger("horizon", 10_000), options.integer("batch", 1));
            return new Exp3(
                    new Exp3Options(
                            arms, options.number("rate", read.rate()), read.batch(), options.number("mixing", 0)),
                    seed);
        }
    }
}
