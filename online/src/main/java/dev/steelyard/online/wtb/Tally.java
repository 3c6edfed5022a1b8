package dev.steelyard.online.wtb;

import java.util.Arrays;

/** The weighted count of an action among the last m plays; each play costs O(m). */
public final class Tally {

    private static final int NONE = -1;

    private final MemoryWeights weights;
    private final int[] last;
    private int newest;

    public Tally(MemoryWeights weights) {
        this.weights = weights;
        this.last = new int[weights.length()];
        Arrays.fill(last, NONE);
    }

    /** Plays an action; gives its tally, this play included. */
    public double play(int action) {
        newest = newest == 0 ? last.length - 1 : newest - 1;
        last[newest] = action;
        double tally = 0;
        for (int k = 0; k < last.length; k++) {
            int slot = newest + k;
            if (last[slot < last.length ? slot : slot - last.length] == action) {
                tally += weights.weight(k);
            }
        }
        return tally;
    }
}
