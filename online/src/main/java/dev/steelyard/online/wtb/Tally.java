package dev.steelyard.online.wtb;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The weighted count of an action among the last m plays. A play costs O(1) where the weights are uniform or geometric,
 * else O(m).
 */
public final class Tally {

    private static final int NONE = -1;

    private final MemoryWeights weights;
    private final OptionalDouble ratio;
    private final int[] last;
    private int newest;
    private long time;
    /** Per action: its tally at the time beside it, and how many of the last m plays are its own. */
    private double[] tallies = new double[8];

    private long[] times = new long[8];
    private int[] counts = new int[8];

    public Tally(MemoryWeights weights) {
        this.weights = weights;
        this.ratio = weights.ratio();
        this.last = new int[weights.length()];
        Arrays.fill(last, NONE);
    }

    /** Plays an action, numbered from 0; gives its tally, this play included. */
    public double play(int action) {
        newest = newest == 0 ? last.length - 1 : newest - 1;
        int leaving = last[newest];
        last[newest] = action;
        return ratio.isPresent() ? update(action, leaving, ratio.getAsDouble()) : sum(action);
    }

    private double sum(int action) {
        double tally = 0;
        for (int k = 0; k < last.length; k++) {
            int slot = newest + k;
            if (last[slot < last.length ? slot : slot - last.length] == action) {
                tally += weights.weight(k);
            }
        }
        return tally;
    }

    private double update(int action, int leaving, double rho) {
        time++;
        if (action >= tallies.length) {
            int room = Math.max(action + 1, 2 * tallies.length);
            tallies = Arrays.copyOf(tallies, room);
            times = Arrays.copyOf(times, room);
            counts = Arrays.copyOf(counts, room);
        }
        if (leaving != NONE) {
            age(leaving, rho);
            counts[leaving]--;
            // An action without plays has tally 0, whatever rounding has left.
            tallies[leaving] = counts[leaving] == 0 ? 0 : tallies[leaving] - Math.pow(rho, last.length);
        }
        age(action, rho);
        counts[action]++;
        tallies[action]++;
        return Math.min(tallies[action], weights.sum());
    }

    private void age(int action, double rho) {
        if (times[action] != time) {
            tallies[action] *= Math.pow(rho, time - times[action]);
            times[action] = time;
        }
    }
}
