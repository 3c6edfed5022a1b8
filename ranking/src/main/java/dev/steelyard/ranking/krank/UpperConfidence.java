package dev.steelyard.ranking.krank;

/**
 * Who meets next: the pivot is the item with the fewest comparisons, and its opponents are those of the largest
 *
 * <pre>
 * U(i, q) = -|S_i - S_q| + alpha sqrt(ln n / n_iq),   infinite while the two never met
 * </pre>
 *
 * <p>where S is the conservative score, n the number of matches so far (at least 1) and n_iq how many had both. Equal
 * bounds are ordered by the nearer score. The paper prints the gap with a plus, against its own words that similar skills
 * should meet; so the order never settles. An epsilon under the root in place of the infinity leaves some pairs unmet for
 * ever.
 */
public final class UpperConfidence {

    private UpperConfidence() {}

    /**
     * The bound of one pair.
     *
     * @param score of the pivot
     * @param other score of the candidate
     * @param matches n, so far
     * @param meetings n_iq, at least 0
     */
    public static double bound(double score, double other, double alpha, long matches, long meetings) {
        return bound(Math.abs(score - other), alpha, logOf(matches), meetings);
    }

    /** The logarithm of n, the same for all candidates of a match. */
    static double logOf(long matches) {
        return Math.log(Math.max(1, matches));
    }

    /** The bound of one pair by its gap and {@link #logOf}. */
    static double bound(double gap, double alpha, double logMatches, long meetings) {
        return meetings == 0 ? Double.POSITIVE_INFINITY : -gap + alpha * Math.sqrt(logMatches / meetings);
    }

    /**
     * A match without draws: ties go to the lowest index.
     *
     * @param scores one an item
     * @param meetings symmetric, with a diagonal of 0: how often two items met
     * @param matches how many matches there were
     * @param size items in the match, from 2 to the number of items
     * @return the pivot, then its opponents, best bound first
     */
    public static int[] select(double[] scores, int[][] meetings, long matches, int size, double alpha) {
        int items = scores.length;
        requireSize(size, items);
        int pivot = 0;
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < items; i++) {
            long sum = 0;
            for (int q = 0; q < items; q++) {
                sum += meetings[i][q];
            }
            if (sum < fewest) {
                fewest = sum;
                pivot = i;
            }
        }
        double[] bounds = new double[items];
        double[] gaps = new double[items];
        for (int q = 0; q < items; q++) {
            bounds[q] = bound(scores[pivot], scores[q], alpha, matches, meetings[pivot][q]);
            gaps[q] = Math.abs(scores[pivot] - scores[q]);
        }
        return select(pivot, bounds, gaps, new long[items], size);
    }

    /** The pivot and the best of the others: by falling bound, then growing gap, then growing key, then index. */
    static int[] select(int pivot, double[] bounds, double[] gaps, long[] keys, int size) {
        int[] chosen = new int[size];
        chosen[0] = pivot;
        int filled = 1;
        for (int q = 0; q < bounds.length; q++) {
            if (q == pivot || filled == size && !precedes(q, chosen[size - 1], bounds, gaps, keys)) {
                continue;
            }
            // Insertion into a short list; among equals the lower index stays in front.
            int at = Math.min(filled, size - 1);
            while (at > 1 && precedes(q, chosen[at - 1], bounds, gaps, keys)) {
                chosen[at] = chosen[at - 1];
                at--;
            }
            chosen[at] = q;
            filled = Math.min(filled + 1, size);
        }
        return chosen;
    }

    private static boolean precedes(int q, int other, double[] bounds, double[] gaps, long[] keys) {
        if (bounds[q] != bounds[other]) {
            return bounds[q] > bounds[other];
        }
        if (gaps[q] != gaps[other]) {
            return gaps[q] < gaps[other];
        }
        return keys[q] < keys[other];
    }

    static void requireSize(int size, int pool) {
        if (size < 2 || size > pool) {
            throw new IllegalArgumentException(
                    "a match has from 2 items to all of the pool's " + pool + ", not " + size);
        }
    }
}
