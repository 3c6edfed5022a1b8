package dev.steelyard.ranking.dla;

import java.util.Arrays;

/** The lists of a batch, one after another in flat arrays, which grow where they must and are used again. */
final class ListBatch {

    private static final int FIRST_LISTS = 64;
    private static final int FIRST_DOCUMENTS = 640;

    private int lists;
    private int[] from = new int[FIRST_LISTS + 1];
    private double[][] features = new double[FIRST_DOCUMENTS][];
    private double[] clicks = new double[FIRST_DOCUMENTS];
    private double[] ones = {};

    void clear() {
        // Lets go of the documents, so that a learner does not hold the last batch.
        Arrays.fill(features, 0, documents(), null);
        lists = 0;
    }

    /** Adds a list's first documents, if they say something to a loss: at least two of them and a click. */
    boolean addUsable(ClickedList list, int most) {
        int n = Math.min(list.clicks().length, most);
        boolean clicked = false;
        for (int k = 0; k < n; k++) {
            clicked |= list.clicks()[k];
        }
        if (n < 2 || !clicked) {
            return false;
        }
        add(list, n);
        return true;
    }

    /** Adds a list's first documents. */
    void add(ClickedList list, int n) {
        double[] clicked = open(list.features(), n);
        int at = from[lists - 1];
        for (int k = 0; k < n; k++) {
            clicked[at + k] = list.clicks()[k] ? 1 : 0;
        }
    }

    /** Adds a list with targets in place of clicks. */
    void add(double[][] documents, double[] targets) {
        double[] clicked = open(documents, targets.length);
        System.arraycopy(targets, 0, clicked, from[lists - 1], targets.length);
    }

    private double[] open(double[][] documents, int n) {
        int at = documents();
        if (lists + 2 > from.length) {
            from = Arrays.copyOf(from, 2 * from.length);
        }
        if (at + n > clicks.length) {
            int room = Math.max(2 * clicks.length, at + n);
            clicks = Arrays.copyOf(clicks, room);
            features = Arrays.copyOf(features, room);
        }
        System.arraycopy(documents, 0, features, at, n);
        lists++;
        from[lists] = at + n;
        return clicks;
    }

    int lists() {
        return lists;
    }

    int documents() {
        return from[lists];
    }

    /** Where a list begins; the one after the last begins at {@link #documents}. */
    int from(int list) {
        return from[list];
    }

    /** The documents' features; the array is longer than there are documents. */
    double[][] features() {
        return features;
    }

    /** 1 for a click, 0 for none, or targets; longer than there are documents. */
    double[] clicks() {
        return clicks;
    }

    /** @throws IllegalArgumentException naming the list, if a document's score is not finite */
    void requireFinite(double[] scores) {
        for (int b = 0; b < lists; b++) {
            for (int k = from[b]; k < from[b + 1]; k++) {
                if (!Double.isFinite(scores[k])) {
                    throw new IllegalArgumentException("a score of list " + b + " of the batch is " + scores[k]
                            + "; look for NaN in its features, or lower the learning rate");
                }
            }
        }
    }

    /** Ones, as many as documents or more. */
    double[] ones() {
        if (ones.length < documents()) {
            ones = new double[clicks.length];
            Arrays.fill(ones, 1);
        }
        return ones;
    }

    /** A new array with room for the documents, or the array itself if it has. */
    double[] room(double[] array) {
        return array.length >= documents() ? array : new double[clicks.length];
    }
}
