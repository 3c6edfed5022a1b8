package dev.steelyard.ranking.krank;

/** The first step from which on a quantity stays at or below a threshold until the end. */
public final class SettlingTime {

    private final double threshold;
    private long steps;
    private long lastAbove;

    /**
     * Begins before the first step.
     *
     * @param threshold not NaN
     */
    public SettlingTime(double threshold) {
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException("threshold must not be NaN");
        }
        this.threshold = threshold;
    }

    /** The quantity after one more step; NaN is above every threshold. */
    public void add(double value) {
        steps++;
        if (!(value <= threshold)) {
            lastAbove = steps;
        }
    }

    /** Whether the last value is not above the threshold. */
    public boolean isSettled() {
        return lastAbove < steps;
    }

    /** The first settled step, from 1; when it is not settled, the number of steps, which is then too small. */
    public long steps() {
        return isSettled() ? lastAbove + 1 : steps;
    }
}
