package dev.steelyard.ranking.letor;

import java.util.Locale;

/**
 * A measure of one ranked list by name: {@code ndcg@10}, {@code err@10}, {@code precision@5}, {@code map}, {@code mrr}.
 *
 * @param kind what is measured
 * @param depth how many documents count; the whole list without a depth
 */
public record RankingMeasure(Kind kind, int depth) {

    /** What is measured; a document is relevant if its grade is above 0. */
    public enum Kind {
        /** {@link RankingMetrics#ndcg}. */
        NDCG,
        /** {@link RankingMetrics#err}. */
        ERR,
        /** Average precision, of the whole list. */
        MAP,
        /** One over the rank of the first relevant document, 0 beyond the depth. */
        MRR,
        /** Relevant documents among the first, over the depth. */
        PRECISION
    }

    public RankingMeasure {
        if (depth < 1) {
            throw new IllegalArgumentException("depth must be at least 1, not " + depth);
        }
        if (kind == Kind.MAP && depth != Integer.MAX_VALUE) {
            throw new IllegalArgumentException("map is of the whole list; take it without '@" + depth + "'");
        }
        if (kind == Kind.PRECISION && depth == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("precision needs a depth, as in precision@5");
        }
    }

    /**
     * A measure by name.
     *
     * @throws IllegalArgumentException if there is none of that name; the message lists them
     */
    public static RankingMeasure named(String name) {
        int at = name.indexOf('@');
        String kind = at < 0 ? name : name.substring(0, at);
        for (Kind known : Kind.values()) {
            if (known.name().equalsIgnoreCase(kind)) {
                return new RankingMeasure(known, at < 0 ? Integer.MAX_VALUE : depth(name, name.substring(at + 1)));
            }
        }
        throw new IllegalArgumentException(
                "no measure is called '" + name + "'; there are ndcg@K, err@K, map, mrr@K and precision@K");
    }

    private static int depth(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + name + "' must end in a whole number, as in ndcg@10", e);
        }
    }

    /** As {@link #named} takes it. */
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT) + (depth == Integer.MAX_VALUE ? "" : "@" + depth);
    }

    /**
     * Measures a list.
     *
     * @param grades in the order shown
     * @param largestGrade G of the expected reciprocal rank
     * @return NaN for nDCG and MAP if no document is relevant
     */
    public double of(int[] grades, int largestGrade) {
        return switch (kind) {
            case NDCG -> RankingMetrics.ndcg(grades, depth);
            case ERR -> RankingMetrics.err(grades, depth, largestGrade);
            case MAP -> RankingMetrics.averagePrecision(grades);
            case MRR -> {
                int first = firstRelevant(grades);
                yield first < Math.min(depth, grades.length) ? 1.0 / (first + 1) : 0;
            }
            case PRECISION -> {
                int relevant = 0;
                for (int k = 0; k < Math.min(depth, grades.length); k++) {
                    relevant += grades[k] > 0 ? 1 : 0;
                }
                yield relevant / (double) depth;
            }
        };
    }

    private static int firstRelevant(int[] grades) {
        int first = 0;
        while (first < grades.length && grades[first] == 0) {
            first++;
        }
        return first;
    }
}
