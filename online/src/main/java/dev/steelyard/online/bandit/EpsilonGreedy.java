package dev.steelyard.online.bandit;

import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;

/**
 * Plays the arm of the lowest mean loss, and with probability epsilon any arm; each arm once first. Sutton and Barto,
 * Reinforcement Learning, section 2.2.
 */
public final class EpsilonGreedy extends PullBandit {

    /** The share of exploration when none is given. */
    public static final double DEFAULT_EPSILON = 0.1;

    private final double epsilon;

    /**
     * @param epsilon share of uniform exploration, in [0, 1]
     */
    public EpsilonGreedy(int arms, double epsilon, long seed) {
        super("epsilon-greedy", arms, seed);
        if (!(epsilon >= 0 && epsilon <= 1)) {
            throw new IllegalArgumentException("epsilon must be in [0, 1], not " + epsilon);
        }
        this.epsilon = epsilon;
    }

    @Override
    Pull choose() {
        int unasked = firstUnasked();
        if (unasked >= 0) {
            return new Pull(unasked, 1, true);
        }
        int greedy = recommendation();
        int arm = random.nextDouble() < epsilon ? random.nextInt(arms()) : greedy;
        return new Pull(arm, mixture(arm, greedy), true);
    }

    @Override
    public double probability(Void context, Integer arm) {
        int unasked = firstUnasked();
        if (unasked >= 0) {
            return arm == unasked ? 1 : 0;
        }
        return mixture(arm, recommendation());
    }

    private double mixture(int arm, int greedy) {
        return epsilon / arms() + (arm == greedy ? 1 - epsilon : 0);
    }

    private int firstUnasked() {
        if (made() > 2L * arms()) {
            return -1;
        }
        for (int arm = 0; arm < arms(); arm++) {
            if (asked[arm] == 0) {
                return arm;
            }
        }
        return -1;
    }

    /** Makes it from JSON. */
    public static final class Factory extends BanditFactory {
        public Factory() {
            super(
                    "epsilon-greedy",
                    "Plays the best arm so far, and now and then any arm.",
                    new LearnerFactory.Option(
                            "epsilon", "number", false, "share of uniform exploration, in [0, 1]; default 0.1"));
        }

        @Override
        protected BanditLearner bandit(int arms, Options options, long seed) {
            return new EpsilonGreedy(arms, options.number("epsilon", DEFAULT_EPSILON), seed);
        }
    }
}
