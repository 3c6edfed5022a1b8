package dev.steelyard.ranking.dla;

/**
 * The user browsing model (Dupret, Piwowarski, SIGIR 2008) fitted by expectation maximisation to a log of queries and
 * documents, as {@link PositionBasedEm} is, but how likely a place is looked at depends on the last click above it too.
 */
public final class UserBrowsingEm {

    private final ExaminationEm em;
    private final int positions;

    /**
     * @param documents how many each query has
     * @param positions places
     */
    public UserBrowsingEm(int[] documents, int positions) {
        this.em = new ExaminationEm(documents, positions * (positions + 1) / 2);
        this.positions = positions;
    }

    /** Place k has k + 1 cells: the last click 1 to k places above, then none. */
    private static int cell(int place, int lastClick) {
        int first = place * (place + 1) / 2;
        return lastClick < 0 ? first + place : first + place - lastClick - 1;
    }

    /** Counts a session; places beyond the last one are left out. */
    public void add(int query, int[] documents, boolean[] clicks) {
        int lastClick = -1;
        for (int k = 0; k < Math.min(documents.length, positions); k++) {
            em.add(query, documents[k], cell(k, lastClick), clicks[k]);
            lastClick = clicks[k] ? k : lastClick;
        }
    }

    /** Fits: r = (clicks + sum of P(relevant | no click) + 1)/(N + 2); e = mean posterior of examination. */
    public void fit(int iterations) {
        em.fit(iterations);
    }

    /** The estimated relevance of a query's documents. */
    public double[] relevance(int query) {
        return em.relevance(query);
    }

    /**
     * The estimated probability that a place is looked at.
     *
     * @param lastClick the place of the last click above it, from 0; -1 if there was none
     */
    public double examination(int place, int lastClick) {
        if (place < 0 || place >= positions || lastClick < -1 || lastClick >= place) {
            throw new IllegalArgumentException("there is no place " + place + " of " + positions
                    + " with the last click above it at " + lastClick + "; places are counted from 0");
        }
        return em.examination()[cell(place, lastClick)];
    }
}
