package dev.steelyard.online.bandit;

import dev.steelyard.core.state.State;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;

/**
 * Thompson sampling with a Beta posterior per arm: draws a mean loss for each arm from what is known, and plays the
 * lowest. A loss between 0 and 1 counts as a coin of that probability: S. Agrawal, N. Goyal, Analysis of Thompson
 * Sampling for the Multi-armed Bandit Problem, COLT 2012.
 *
 * <p>The probability of an arm has no closed form; it is estimated by more draws of the posterior, as {@code (1 + times
 * lowest) / (1 + draws)}, which never is 0 for the arm played. These draws are kept apart from those that decide, and an
 * arm's are taken anew when its posterior changes: a decision costs one draw of each arm, a loss as many as there are
 * propensity draws of one arm. With no such draws the propensity is 1 over the number of arms that it cannot tell apart,
 * which is to say unusable: leave them out only where nobody reads propensities.
 */
public final class ThompsonSampling extends PullBandit {

    /** Draws per decision for the propensity: a standard error below 0.05. */
    public static final int DEFAULT_PROPENSITY_DRAWS = 100;

    private final int propensityDraws;
    private final long[] failures;
    private final BetaDraws draws;
    private final BetaDraws.Shape[] failureShapes;
    private final BetaDraws.Shape[] successShapes;
    private LowestDraws lowest;

    /**
     * @param propensityDraws posterior draws that estimate a decision's propensity; 0 for none
     */
    public ThompsonSampling(int arms, int propensityDraws, long seed) {
        super("thompson", arms, seed);
        if (propensityDraws < 0) {
            throw new IllegalArgumentException("propensityDraws must be at least 0, not " + propensityDraws);
        }
        this.propensityDraws = propensityDraws;
        this.failures = new long[arms];
        this.draws = new BetaDraws(random);
        this.failureShapes = new BetaDraws.Shape[arms];
        this.successShapes = new BetaDraws.Shape[arms];
        this.lowest = new LowestDraws(arms, propensityDraws, seed);
        for (int arm = 0; arm < arms; arm++) {
            changed(arm);
        }
    }

    /** The posterior of an arm is another. */
    private void changed(int arm) {
        long alpha = 1 + failures[arm];
        long beta = 1 + counts[arm] - failures[arm];
        failureShapes[arm] = BetaDraws.Shape.of(alpha);
        successShapes[arm] = BetaDraws.Shape.of(beta);
        if (propensityDraws > 0) {
            lowest.draw(arm, alpha, beta);
        }
    }

    @Override
    Pull choose() {
        int arm = lowestDraw();
        return new Pull(arm, probability(null, arm), true);
    }

    @Override
    void learn(Pull pull, double loss) {
        if (random.nextDouble() < loss) {
            failures[pull.arm()]++;
        }
        changed(pull.arm());
    }

    /** Estimated by draws; asking moves nothing on. */
    @Override
    public double probability(Void context, Integer arm) {
        return propensityDraws == 0 ? 1.0 / arms() : (1.0 + lowest.wins(arm)) / (1 + propensityDraws);
    }

    private int lowestDraw() {
        int best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (int arm = 0; arm < arms(); arm++) {
            double draw = draws.next(failureShapes[arm], successShapes[arm]);
            if (draw < lowest) {
                lowest = draw;
                best = arm;
            }
        }
        return best;
    }

    @Override
    void save(State state) {
        state.put("failures", failures).put("propensitySeed", lowest.seed());
    }

    @Override
    Runnable load(State state) {
        long[] saved = state.integers("failures", arms());
        LowestDraws savedLowest = new LowestDraws(arms(), propensityDraws, state.integer("propensitySeed"));
        return () -> {
            System.arraycopy(saved, 0, failures, 0, arms());
            lowest = savedLowest;
            for (int arm = 0; arm < arms(); arm++) {
                changed(arm);
            }
        };
    }

    /** Makes it from JSON. */
    public static final class Factory extends BanditFactory {
        public Factory() {
            super(
                    "thompson",
                    "Plays an arm as often as it is likely to be the best; robust where losses come late.",
                    new LearnerFactory.Option(
                            "propensityDraws",
                            "integer",
                            false,
                            "posterior draws that estimate a decision's propensity; default 100"));
        }

        @Override
        protected BanditLearner bandit(int arms, Options options, long seed) {
            return new ThompsonSampling(arms, options.integer("propensityDraws", DEFAULT_PROPENSITY_DRAWS), seed);
        }
    }
}
