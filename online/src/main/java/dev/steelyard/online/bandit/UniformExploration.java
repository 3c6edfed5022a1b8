package dev.steelyard.online.bandit;

import dev.steelyard.online.wire.Options;

/** Plays every arm with the same probability: the logging policy from which any other can be evaluated. */
public final class UniformExploration extends PullBandit {

    public UniformExploration(int arms, long seed) {
        super("uniform", arms, seed);
    }

    @Override
    Pull choose() {
        return new Pull(random.nextInt(arms()), 1.0 / arms(), true);
    }

    @Override
    public double probability(Void context, Integer arm) {
        return 1.0 / arms();
    }

    /** Makes it from JSON. */
    public static final class Factory extends BanditFactory {
        public Factory() {
            super("uniform", "Plays every arm with the same probability; the log evaluates any other learner.");
        }

        @Override
        protected BanditLearner bandit(int arms, Options options, long seed) {
            return new UniformExploration(arms, seed);
        }
    }
}
