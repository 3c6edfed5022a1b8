package dev.steelyard.ranking.letor;

import java.util.List;

/**
 * A query's documents.
 *
 * @param id of the query
 * @param features one document a row
 * @param grades relevance of each document, 0 for none
 * @param documents their names; empty where they have none
 */
public record JudgedQuery(String id, double[][] features, int[] grades, List<String> documents) {

    public JudgedQuery {
        documents = List.copyOf(documents);
        if (features.length != grades.length) {
            throw new IllegalArgumentException(
                    "query " + id + " has " + features.length + " documents but " + grades.length + " grades");
        }
        if (!documents.isEmpty() && documents.size() != grades.length) {
            throw new IllegalArgumentException(
                    "query " + id + " has " + grades.length + " documents but " + documents.size() + " names");
        }
    }

    /** Documents without names. */
    public JudgedQuery(String id, double[][] features, int[] grades) {
        this(id, features, grades, List.of());
    }

    /** How many documents there are. */
    public int size() {
        return grades.length;
    }

    /** A document's name, or its number from 1. */
    public String document(int number) {
        return documents.isEmpty() ? Integer.toString(number + 1) : documents.get(number);
    }
}
