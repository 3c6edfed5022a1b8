package dev.steelyard.online.bandit;

import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;

/**
 * Plays each arm in one block, then the arm of the lowest mean for ever. The first plays of a block may be left out of
 * the mean, for arms whose loss depends on how often they were just played.
 */
public final class ExploreThenCommit extends PullBandit {

    private final int burnIn;
    private final int samples;

    /**
     * @param burnIn plays at the start of each block that are not counted; at least 0
     * @param samples counted plays of each arm; at least 1
     */
    public ExploreThenCommit(int arms, int burnIn, int samples, long seed) {
        super("explore-then-commit", arms, seed);
        if (burnIn < 0 || samples < 1) {
            throw new IllegalArgumentException(
                    "burnIn must be at least 0 and samples at least 1, not " + burnIn + " and " + samples);
        }
        this.burnIn = burnIn;
        this.samples = samples;
    }

    /** The counted plays per arm that suit a horizon: (horizon / arms)^(2/3), rounded up. */
    public static int samplesFor(int arms, long horizon) {
        return (int) Math.ceil(Math.pow((double) horizon / arms, 2.0 / 3));
    }

    @Override
    Pull choose() {
        long block = made() / (burnIn + samples);
        if (block >= arms()) {
            return new Pull(recommendation(), 1, false);
        }
        return new Pull((int) block, 1, made() % (burnIn + samples) >= burnIn);
    }

    @Override
    public double probability(Void context, Integer arm) {
        return choose().arm() == arm ? 1 : 0;
    }

    /** Makes it from JSON. */
    public static final class Factory extends BanditFactory {
        public Factory() {
            super(
                    "explore-then-commit",
                    "Plays each arm in one block, then the best for ever.",
                    new LearnerFactory.Option("samples", "integer", false, "counted plays of each arm; default 100"),
                    new LearnerFactory.Option(
                            "burnIn", "integer", false, "plays at the start of a block that do not count; default 0"));
        }

        @Override
        protected BanditLearner bandit(int arms, Options options, long seed) {
            return new ExploreThenCommit(arms, options.integer("burnIn", 0), options.integer("samples", 100), seed);
        }
    }
}
