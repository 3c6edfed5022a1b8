package dev.steelyard.ranking;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Ranks documents by their features. */
@FunctionalInterface
public interface Ranker {

    /** A score for each document, one document a row; larger is better. */
    double[] scores(double[][] documents);

    /** The documents' numbers, best first; equal scores keep their order. */
    default int[] rank(double[][] documents) {
        double[] scores = scores(documents);
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer document) -> 0 - scores[document]))
                .mapToInt(document -> document)
                .toArray();
    }
}
