package dev.steelyard.online.bandit;

import dev.steelyard.core.state.State;
import dev.steelyard.online.wire.Options;

/**
 * Thompson sampling with a Beta posterior per arm: plays an arm as often as it is likely that its mean loss is the lowest. A
 * loss between 0 and 1 counts as a coin of that probability: S. Agrawal, N. Goyal, Analysis of Thompson Sampling for the
 * Multi-armed Bandit Problem, COLT 2012.
 *
 * <p>As published, a decision draws a mean of every arm from its posterior and plays the lowest; how probable the arm was
 * stays unknown. Here the probability of being lowest is integrated, to about seven digits, and the arm is drawn from it,
 * which is the same distribution: so a propensity is just the probability by which its arm was played, however small.
 */
public final class ThompsonSampling extends PullBandit {

    private LowestMean lowest;

    /** Of arms about which nothing is known. */
    public ThompsonSampling(int arms, long seed) {
        super("thompson", arms, seed);
        this.lowest = new LowestMean(arms);
    }

    @Override
    Pull choose() {
        int arm = lowest.draw(random);
        return new Pull(arm, lowest.probability(arm), true);
    }

    @Override
    void learn(Pull pull, double loss) {
        lowest.observe(pull.arm(), random.nextDouble() < loss);
    }

    @Override
    public double probability(Void context, Integer arm) {
        return lowest.probability(arm);
    }

    @Override
    void save(State state) {
        state.put("lowest", lowest.state());
    }

    @Override
    Runnable load(State state) {
        LowestMean saved = LowestMean.from(state.state("lowest"), arms());
        return () -> lowest = saved;
    }

    /** Makes it from JSON. */
    public static final class Factory extends BanditFactory {
        public Factory() {
            super("thompson", "Plays an arm as often as it is likely to be the best; robust where losses come late.");
        }

        @Override
        protected BanditLearner bandit(int arms, Options options, long seed) {
            return new ThompsonSampling(arms, seed);
        }
    }
}
