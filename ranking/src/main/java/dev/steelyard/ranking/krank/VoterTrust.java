package dev.steelyard.ranking.krank;

import dev.steelyard.ranking.Rating;
import java.util.Arrays;

/**
 * How far a noisy or automatic voter is to be believed, by how well its ranks agree with reference ranks: the follow-up's
 * correction. The belief after a ballot is blended with the one before:
 *
 * <pre>
 * lambda   = sigmoid(5 rho)
 * mu       = lambda mu' + (1 - lambda) mu
 * sigma^2  = l2 sigma'^2 + (1 - l2) sigma^2,  l2 = lambda^2 / (lambda^2 + (1 - lambda)^2)
 * </pre>
 */
public final class VoterTrust {

    /** Below this deviation the follow-up stops asking for votes on an item. */
    public static final double STOPPING_DEVIATION = 0.75;

    private static final double SLOPE = 5;

    private VoterTrust() {}

    /** lambda for Spearman's correlation rho of the voter's ranks with the reference's. */
    public static double of(double correlation) {
        if (!(correlation >= -1 && correlation <= 1)) {
            throw new IllegalArgumentException("correlation must be in [-1, 1], not " + correlation);
        }
        return 1 / (1 + Math.exp(-SLOPE * correlation));
    }

    /** Whether an item needs no more votes of an automatic voter: the follow-up's rule to stop. */
    public static boolean isSettled(Rating rating) {
        return rating.deviation() < STOPPING_DEVIATION;
    }

    /** The blended mean. */
    public static double mean(double before, double after, double trust) {
        requireFraction(trust);
        return trust * after + (1 - trust) * before;
    }

    /** The blended variance. */
    public static double variance(double before, double after, double trust) {
        requireFraction(trust);
        double squared = trust * trust;
        double share = squared / (squared + (1 - trust) * (1 - trust));
        return share * after + (1 - share) * before;
    }

    /**
     * Spearman's rank correlation; tied ranks count as their mean.
     *
     * @return in [-1, 1]; 0 when one side ties all
     * @throws IllegalArgumentException if the lengths differ or are below 2
     */
    public static double correlation(int[] ranks, int[] reference) {
        if (ranks.length != reference.length || ranks.length < 2) {
            throw new IllegalArgumentException("ranks must be as many as reference ranks, at least 2, not "
                    + ranks.length + " and " + reference.length);
        }
        double[] a = midRanks(ranks);
        double[] b = midRanks(reference);
        double centre = (ranks.length - 1) / 2.0;
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (a[i] - centre) * (b[i] - centre);
            squaresA += (a[i] - centre) * (a[i] - centre);
            squaresB += (b[i] - centre) * (b[i] - centre);
        }
        double scale = Math.sqrt(squaresA * squaresB);
        return scale == 0 ? 0 : Math.clamp(product / scale, -1, 1);
    }

    private static double[] midRanks(int[] ranks) {
        double[] result = new double[ranks.length];
        Arrays.setAll(result, i -> {
            int below = 0;
            int equal = -1;
            for (int rank : ranks) {
                below += rank < ranks[i] ? 1 : 0;
                equal += rank == ranks[i] ? 1 : 0;
            }
            return below + equal / 2.0;
        });
        return result;
    }

    static void requireFraction(double trust) {
        if (!(trust >= 0 && trust <= 1)) {
            throw new IllegalArgumentException("trust must be in [0, 1], not " + trust);
        }
    }
}
