package dev.steelyard.ranking.krank;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import java.util.Arrays;

/**
 * How often two items met. Memory is for the pairs that met, not for all: an open-addressed table from the pair to its
 * count.
 */
final class PairCounts {

    private static final long EMPTY = -1;

    private long[] pairs;
    private int[] counts;
    private int used;
    private long[] totals = new long[16];

    /** Whom each item met, so that the few whom an item met are found without asking of all others. */
    private int[][] opponents = new int[16][];

    private int[] opponentCounts = new int[16];

    PairCounts() {
        allocate(64);
    }

    private void allocate(int room) {
        pairs = new long[room];
        counts = new int[room];
        Arrays.fill(pairs, EMPTY);
        used = 0;
    }

    /** How often the two met. */
    int get(int item, int other) {
        return counts[slot(pair(item, other))];
    }

    /** How many meetings an item had, each other item of a match counted. */
    long total(int item) {
        return item < totals.length ? totals[item] : 0;
    }

    /** How many others an item ever met, those included whose matches were all taken back. */
    int opponents(int item) {
        return item < opponentCounts.length ? opponentCounts[item] : 0;
    }

    /** The n-th item that an item ever met. */
    int opponent(int item, int n) {
        return opponents[item][n];
    }

    private void addOpponent(int item, int other) {
        if (item >= opponents.length) {
            int room = Math.max(2 * opponents.length, item + 1);
            opponents = Arrays.copyOf(opponents, room);
            opponentCounts = Arrays.copyOf(opponentCounts, room);
        }
        int[] met = opponents[item];
        int count = opponentCounts[item]++;
        if (met == null || count == met.length) {
            met = met == null ? new int[4] : Arrays.copyOf(met, 2 * count);
            opponents[item] = met;
        }
        met[count] = other;
    }

    /** Counts a match, or with -1 takes it back. */
    void add(int[] items, int change) {
        for (int i = 0; i < items.length; i++) {
            if (items[i] >= totals.length) {
                totals = Arrays.copyOf(totals, Math.max(2 * totals.length, items[i] + 1));
            }
            totals[items[i]] += (long) change * (items.length - 1);
            for (int q = 0; q < i; q++) {
                add(pair(items[i], items[q]), change);
            }
        }
    }

    private void add(long pair, int change) {
        int slot = slot(pair);
        if (pairs[slot] == EMPTY) {
            if (2 * (used + 1) > pairs.length) {
                grow();
                slot = slot(pair);
            }
            pairs[slot] = pair;
            used++;
            addOpponent((int) (pair >>> 32), (int) pair);
            addOpponent((int) pair, (int) (pair >>> 32));
        }
        counts[slot] += change;
    }

    private void grow() {
        long[] oldPairs = pairs;
        int[] oldCounts = counts;
        allocate(2 * oldPairs.length);
        for (int i = 0; i < oldPairs.length; i++) {
            if (oldPairs[i] != EMPTY) {
                int slot = slot(oldPairs[i]);
                pairs[slot] = oldPairs[i];
                counts[slot] = oldCounts[i];
                used++;
            }
        }
    }

    private int slot(long pair) {
        long hash = pair * 0x9E3779B97F4A7C15L;
        int slot = (int) (hash >>> 32) & (pairs.length - 1);
        while (pairs[slot] != EMPTY && pairs[slot] != pair) {
            slot = (slot + 1) & (pairs.length - 1);
        }
        return slot;
    }

    private static long pair(int item, int other) {
        return ((long) Math.max(item, other) << 32) | Math.min(item, other);
    }

    /** The counts by growing pair, so that equal counts have equal states. */
    State state(int items) {
        long[] met = Arrays.stream(pairs)
                .filter(pair -> pair != EMPTY && counts[slot(pair)] > 0)
                .sorted()
                .toArray();
        long[] metCounts = Arrays.stream(met).map(pair -> counts[slot(pair)]).toArray();
        return State.of("pairs").put("pairs", met).put("counts", metCounts).put("totals", Arrays.copyOf(totals, items));
    }

    static PairCounts from(State saved, int items) {
        PairCounts read = new PairCounts();
        long[] met = saved.require("pairs").integers("pairs");
        long[] metCounts = saved.integers("counts", met.length);
        for (int i = 0; i < met.length; i++) {
            if (met[i] < 0 || (met[i] >>> 32) >= items || metCounts[i] < 0 || metCounts[i] > Integer.MAX_VALUE) {
                throw new StateException("the saved meetings hold pair " + met[i] + " with count " + metCounts[i]
                        + "; they are damaged");
            }
            read.add(met[i], (int) metCounts[i]);
        }
        read.totals = Arrays.copyOf(saved.integers("totals", items), Math.max(16, items));
        return read;
    }
}
