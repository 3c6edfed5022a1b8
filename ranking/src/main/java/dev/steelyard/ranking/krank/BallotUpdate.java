package dev.steelyard.ranking.krank;

/** The work of an {@link UpdateRule} on one thread. */
public interface BallotUpdate {

    /**
     * Changes the beliefs in place.
     *
     * @param mean of the skills; the first {@code size} count, here and below
     * @param variance of the skills
     * @param noiseVariance beta squared
     * @param rank 0 best, equal for ties
     */
    void apply(double[] mean, double[] variance, double[] noiseVariance, int[] rank, int size);
}
