package dev.steelyard.ranking.letor;

import dev.steelyard.core.study.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Takes ranked queries one by one and measures them at the end, when the largest grade is known; of a query it keeps a byte a
 * document. Queries without a relevant document are left out and counted.
 */
public final class RankingJudge {

    private final List<byte[]> lists = new ArrayList<>();
    private int largest;
    private int leftOut;

    /**
     * Takes a query.
     *
     * @param order its documents' numbers, best first
     */
    public void add(JudgedQuery query, int[] order) {
        byte[] shown = new byte[order.length];
        boolean relevant = false;
        for (int k = 0; k < shown.length; k++) {
            int grade = query.grades()[order[k]];
            shown[k] = (byte) grade;
            relevant |= grade > 0;
            largest = Math.max(largest, grade);
        }
        if (relevant) {
            lists.add(shown);
        } else {
            leftOut++;
        }
    }

    /** How many queries are measured. */
    public int queries() {
        return lists.size();
    }

    /** How many have no relevant document. */
    public int leftOut() {
        return leftOut;
    }

    /** The largest grade seen. */
    public int largestGrade() {
        return largest;
    }

    /**
     * The mean over queries.
     *
     * @param largestGrade G of the expected reciprocal rank; empty for the largest seen
     * @throws IllegalArgumentException if no query has a relevant document, or a grade is larger than G
     */
    public Interval measure(RankingMeasure measure, OptionalInt largestGrade) {
        if (lists.isEmpty()) {
            throw new IllegalArgumentException("no query has a relevant document; there is nothing to measure");
        }
        int scale = largestGrade.orElse(largest);
        if (scale < largest) {
            throw new IllegalArgumentException(
                    "the largest grade was said to be " + scale + ", but there is a grade " + largest);
        }
        return Interval.of(lists.stream()
                .mapToDouble(list -> {
                    int[] grades = new int[list.length];
                    for (int k = 0; k < grades.length; k++) {
                        grades[k] = list[k];
                    }
                    return measure.of(grades, scale);
                })
                .toArray());
    }
}
