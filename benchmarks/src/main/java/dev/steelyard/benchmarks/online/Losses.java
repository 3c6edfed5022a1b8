package dev.steelyard.benchmarks.online;

import java.util.SplittableRandom;

/**
 * Losses of a bandit's arms, drawn beforehand, so that drawing costs the benchmark nothing. The arms' means lie close to one
 * another: no learner settles on one and leaves its work undone.
 */
final class Losses {

    private static final int ROUNDS = 4096;
    private static final Double ZERO = 0.0;
    private static final Double ONE = 1.0;

    private final double[] draws = new SplittableRandom(1).doubles(ROUNDS).toArray();
    private final double[] means;
    private int round;

    Losses(int arms) {
        means = new SplittableRandom(2).doubles(arms, 0.45, 0.55).toArray();
    }

    /** The loss of an arm in the next round, 0 or 1. */
    Double next(int arm) {
        round = (round + 1) & (ROUNDS - 1);
        return draws[round] < means[arm] ? ONE : ZERO;
    }
}
