package dev.steelyard.ranking.dla;

import java.util.Arrays;
import java.util.List;

/**
 * Propensities by showing results in random order: then the clicks at each place are in proportion to how likely it is
 * looked at.
 */
public final class Randomisation {

    private final long[] clicks;
    private long sessions;

    /** @param positions places that are counted */
    public Randomisation(int positions) {
        if (positions < 2) {
            throw new IllegalArgumentException("positions must be at least 2, not " + positions);
        }
        this.clicks = new long[positions];
    }

    /** Counts a session whose results were in random order. */
    public void add(boolean[] clicked) {
        sessions++;
        for (int k = 0; k < Math.min(clicks.length, clicked.length); k++) {
            clicks[k] += clicked[k] ? 1 : 0;
        }
    }

    /** How many sessions were counted. */
    public long sessions() {
        return sessions;
    }

    /**
     * Clicks at the first place over clicks at each.
     *
     * @throws IllegalArgumentException if a place has no click yet
     */
    public double[] inversePropensities() {
        double[] inverse = new double[clicks.length];
        for (int k = 0; k < inverse.length; k++) {
            if (clicks[k] == 0) {
                throw new IllegalArgumentException("place " + (k + 1) + " has no click in " + sessions
                        + " randomised sessions; more are needed, or fewer positions");
            }
            inverse[k] = clicks[0] / (double) clicks[k];
        }
        return inverse;
    }

    /** Propensities relative to the first place: the inverse of {@link #inversePropensities}. */
    public List<Double> propensities() {
        return Arrays.stream(inversePropensities())
                .mapToObj(inverse -> 1 / inverse)
                .toList();
    }
}
