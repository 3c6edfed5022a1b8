package dev.steelyard.ranking.dla;

/**
 * A position-based click model fitted by expectation maximisation to a log of queries and documents, without features: an
 * estimate of each document's relevance, which a ranker may then learn as labels.
 */
public final class PositionBasedEm {

    private final ExaminationEm em;
    private final int positions;

    /**
     * @param documents how many each query has
     * @param positions places
     */
    public PositionBasedEm(int[] documents, int positions) {
        this.em = new ExaminationEm(documents, positions);
        this.positions = positions;
    }

    /** Counts a session; places beyond the last one are left out. */
    public void add(int query, int[] documents, boolean[] clicks) {
        for (int k = 0; k < Math.min(documents.length, positions); k++) {
            em.add(query, documents[k], k, clicks[k]);
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

    /** The estimated examination probability of each place. */
    public double[] examination() {
        return em.examination();
    }
}
