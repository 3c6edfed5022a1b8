package dev.steelyard.ranking.krank;

import java.util.Arrays;

/**
 * How one ballot changes the Gaussian beliefs about the skills of its items. Each rule is immutable and may be used by
 * several threads; {@link KRank} keeps the beliefs.
 */
public sealed interface UpdateRule permits PairSum, ExpectationPropagation {

    /**
     * Beliefs after a ballot.
     *
     * @param means one an item
     * @param deviations standard deviations, as many
     */
    record Beliefs(double[] means, double[] deviations) {}

    /** A new update with working memory of its own, for one thread. */
    BallotUpdate update();

    /**
     * What becomes of the items of one ballot.
     *
     * @param means of the skills before
     * @param deviations standard deviations of the skills before, above 0
     * @param noises standard deviations beta of the performances, above 0
     * @param ranks 0 best, equal for ties
     * @return the beliefs after; the arguments are not changed
     * @throws IllegalArgumentException if the lengths differ, there are fewer than 2 items, or a value is not finite or
     *     out of range
     */
    default Beliefs rate(double[] means, double[] deviations, double[] noises, int[] ranks) {
        int size = means.length;
        if (size < 2 || deviations.length != size || noises.length != size || ranks.length != size) {
            throw new IllegalArgumentException(
                    "a ballot needs at least 2 items and as many means, deviations, noises and" + " ranks, not " + size
                            + ", " + deviations.length + ", " + noises.length + " and " + ranks.length);
        }
        double[] mean = means.clone();
        double[] variance = new double[size];
        double[] noiseVariance = new double[size];
        for (int i = 0; i < size; i++) {
            KRankOptions.requireFinite("means[" + i + "]", means[i]);
            KRankOptions.requirePositive("deviations[" + i + "]", deviations[i]);
            KRankOptions.requirePositive("noises[" + i + "]", noises[i]);
            if (ranks[i] < 0) {
                throw new IllegalArgumentException("ranks[" + i + "] must be at least 0, not " + ranks[i]);
            }
            variance[i] = deviations[i] * deviations[i];
            noiseVariance[i] = noises[i] * noises[i];
        }
        update().apply(mean, variance, noiseVariance, ranks, size);
        return new Beliefs(mean, Arrays.stream(variance).map(Math::sqrt).toArray());
    }

    /** The same with one noise for all. */
    default Beliefs rate(double[] means, double[] deviations, double noise, int... ranks) {
        double[] noises = new double[means.length];
        Arrays.fill(noises, noise);
        return rate(means, deviations, noises, ranks);
    }
}
