package dev.steelyard.ranking.pairwise;

import java.util.Arrays;

/**
 * How often each of two items beat the other. Memory is for the pairs that met, not for all; each has a number, in the
 * order in which they first met.
 */
final class PairWins {

    private static final int EMPTY = -1;
    private static final int FIRST_PAIRS = 32;

    private final int items;
    private int[] larger = new int[FIRST_PAIRS];
    private int[] smaller = new int[FIRST_PAIRS];
    private double[] wonByLarger = new double[FIRST_PAIRS];
    private double[] wonBySmaller = new double[FIRST_PAIRS];
    private int size;

    /** An open-addressed table from a pair to its number; a power of two of slots, at most half of them taken. */
    private int[] slots = new int[2 * FIRST_PAIRS];

    PairWins(int items) {
        this.items = items;
        Arrays.fill(slots, EMPTY);
    }

    /** The same of a table that holds {@code wins[i][j]}, how often i beat j; its diagonal is not read. */
    static PairWins of(double[][] wins) {
        PairWins table = new PairWins(wins.length);
        for (int i = 0; i < wins.length; i++) {
            for (int j = 0; j < i; j++) {
                if (wins[i][j] > 0 || wins[j][i] > 0) {
                    table.add(table.pair(i, j), wins[i][j], wins[j][i]);
                }
            }
        }
        return table;
    }

    /** The same pairs, none of which has won yet. */
    PairWins cleared() {
        PairWins cleared = new PairWins(items);
        cleared.larger = larger;
        cleared.smaller = smaller;
        cleared.slots = slots;
        cleared.size = size;
        cleared.wonByLarger = new double[larger.length];
        cleared.wonBySmaller = new double[larger.length];
        return cleared;
    }

    /** The number of a pair, a new one if it never met. */
    int pair(int item, int other) {
        int high = Math.max(item, other);
        int low = Math.min(item, other);
        int slot = slot(high, low);
        if (slots[slot] == EMPTY) {
            if (2 * (size + 1) > slots.length) {
                grow();
                slot = slot(high, low);
            }
            larger[size] = high;
            smaller[size] = low;
            slots[slot] = size++;
        }
        return slots[slot];
    }

    private int slot(int high, int low) {
        long hash = ((long) high << 32 | low) * 0x9E3779B97F4A7C15L;
        int slot = (int) (hash >>> 32) & (slots.length - 1);
        while (slots[slot] != EMPTY && (larger[slots[slot]] != high || smaller[slots[slot]] != low)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        int room = slots.length;
        larger = Arrays.copyOf(larger, room);
        smaller = Arrays.copyOf(smaller, room);
        wonByLarger = Arrays.copyOf(wonByLarger, room);
        wonBySmaller = Arrays.copyOf(wonBySmaller, room);
        slots = new int[2 * room];
        Arrays.fill(slots, EMPTY);
        for (int pair = 0; pair < size; pair++) {
            slots[slot(larger[pair], smaller[pair])] = pair;
        }
    }

    /** Counts results of a pair, each from the view of one of the two: the item of the larger and of the smaller number. */
    void add(int pair, double byLarger, double bySmaller) {
        wonByLarger[pair] += byLarger;
        wonBySmaller[pair] += bySmaller;
    }

    int items() {
        return items;
    }

    /** How many pairs met. */
    int size() {
        return size;
    }

    int larger(int pair) {
        return larger[pair];
    }

    int smaller(int pair) {
        return smaller[pair];
    }

    double wonByLarger(int pair) {
        return wonByLarger[pair];
    }

    double wonBySmaller(int pair) {
        return wonBySmaller[pair];
    }

    double met(int pair) {
        return wonByLarger[pair] + wonBySmaller[pair];
    }

    /**
     * How many items can be reached from item 0 by going from winners to losers, or the other way.
     *
     * @param forwards from winners to losers
     */
    int reached(boolean forwards) {
        int[] from = new int[items + 2];
        for (int pair = 0; pair < size; pair++) {
            if (beats(pair, true)) {
                from[(forwards ? larger : smaller)[pair] + 2]++;
            }
            if (beats(pair, false)) {
                from[(forwards ? smaller : larger)[pair] + 2]++;
            }
        }
        for (int item = 2; item < from.length; item++) {
            from[item] += from[item - 1];
        }
        int[] to = new int[from[items + 1]];
        for (int pair = 0; pair < size; pair++) {
            if (beats(pair, true)) {
                to[from[(forwards ? larger : smaller)[pair] + 1]++] = (forwards ? smaller : larger)[pair];
            }
            if (beats(pair, false)) {
                to[from[(forwards ? smaller : larger)[pair] + 1]++] = (forwards ? larger : smaller)[pair];
            }
        }
        return reached(from, to);
    }

    private boolean beats(int pair, boolean ofLarger) {
        return (ofLarger ? wonByLarger : wonBySmaller)[pair] > 0;
    }

    private int reached(int[] from, int[] to) {
        if (items == 0) {
            return 0;
        }
        boolean[] seen = new boolean[items];
        int[] queue = new int[items];
        int end = 1;
        seen[0] = true;
        for (int at = 0; at < end; at++) {
            for (int edge = from[queue[at]]; edge < from[queue[at] + 1]; edge++) {
                if (!seen[to[edge]]) {
                    seen[to[edge]] = true;
                    queue[end++] = to[edge];
                }
            }
        }
        return end;
    }
}
