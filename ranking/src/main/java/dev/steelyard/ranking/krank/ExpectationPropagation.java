package dev.steelyard.ranking.krank;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * TrueSkill's update for a free-for-all: neighbours in the order are compared, and Gaussian messages go to and fro along
 * the chain until they stand still. Better calibrated than {@link PairSum} for any number of items; O(K) a sweep.
 *
 * <p>With a draw probability a tie says that two performances lie within a margin of one another; tied items are
 * compared in the ballot's order. Without one, tied items are not compared: every item of a rank group is compared with
 * every item of the next group.
 *
 * <p>Ballots are learnt one after the other, on one thread. Ballots that share no item could be learnt at once, to the same
 * bits, in waves that keep each item's order; tried on a busy machine of two cores, two threads did not pay. Of 10,000
 * ballots of four on 10,000 items a wave held 256 on average, some 0.6 ms of work, and the batch took 27 to 54 ms (least and
 * median) against 25 to 55 ms one by one; on 100 items a wave held 4, which is less than the wait for the other thread. Shard
 * by task instead, one model each.
 *
 * <p>R. Herbrich, T. Minka, T. Graepel, TrueSkill: A Bayesian Skill Rating System, NIPS 2006.
 *
 * @param dynamics deviation tau by which a skill may drift from ballot to ballot, at least 0; 25/300; 0 for items that do
 *     not change
 * @param drawProbability how often two equal performances are called a tie, in [0, 1); 0.10
 * @param tolerance sweeps end when no number of a message changes by more, above 0; 1e-10
 * @param sweeps at most so many, there and back, at least 1; 50
 */
public record ExpectationPropagation(double dynamics, double drawProbability, double tolerance, int sweeps)
        implements UpdateRule {

    /** The deviation of a skill's drift for the usual scale, whose prior mean is 25. */
    public static final double DEFAULT_DYNAMICS = 25.0 / 300;

    /** The usual probability of a draw. */
    public static final double DEFAULT_DRAW_PROBABILITY = 0.10;

    private static final double DEFAULT_TOLERANCE = 1e-10;
    private static final int DEFAULT_SWEEPS = 50;

    public ExpectationPropagation {
        if (!(dynamics >= 0) || Double.isInfinite(dynamics)) {
            throw new IllegalArgumentException("dynamics must be finite and at least 0, not " + dynamics);
        }
        if (!(drawProbability >= 0 && drawProbability < 1)) {
            throw new IllegalArgumentException("drawProbability must be in [0, 1), not " + drawProbability);
        }
        KRankOptions.requirePositive("tolerance", tolerance);
        if (sweeps < 1) {
            throw new IllegalArgumentException("sweeps must be at least 1, not " + sweeps);
        }
    }

    /** With drift and draws. */
    public ExpectationPropagation(double dynamics, double drawProbability) {
        this(dynamics, drawProbability, DEFAULT_TOLERANCE, DEFAULT_SWEEPS);
    }

    /** As deployed arenas run it: drift 25/300, draw probability 0.10. */
    public static ExpectationPropagation deployed() {
        return new ExpectationPropagation(DEFAULT_DYNAMICS, DEFAULT_DRAW_PROBABILITY);
    }

    /** Skills that stand still and no model of draws. */
    public static ExpectationPropagation still() {
        return new ExpectationPropagation(0, 0);
    }

    /** Half the width, in performance, within which two items with this noise beta are called a tie. */
    public double drawMargin(double noise) {
        return drawQuantile() * Math.sqrt(2) * noise;
    }

    /** The margin in units of the deviation of the two performances' difference. */
    double drawQuantile() {
        return drawProbability == 0
                ? 0
                : NormalDistribution.of(0, 1).inverseCumulativeProbability((drawProbability + 1) / 2);
    }

    @Override
    public BallotUpdate update() {
        return new ComparisonChain(this);
    }
}
