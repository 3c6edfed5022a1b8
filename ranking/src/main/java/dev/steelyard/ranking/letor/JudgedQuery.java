package dev.steelyard.ranking.letor;

/**
 * A query's documents.
 *
 * @param id of the query
 * @param features one document a row
 * @param grades relevance of each document, 0 for none
 */
public record JudgedQuery(String id, double[][] features, int[] grades) {

    public JudgedQuery {
        if (features.length != grades.length) {
            throw new IllegalArgumentException(
                    "query " + id + " has " + features.length + " documents but " + grades.length + " grades");
        }
    }

    /** How many documents there are. */
    public int size() {
        return grades.length;
    }
}
