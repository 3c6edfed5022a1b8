package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;

/** A sum that loses nothing to rounding over long runs (Kahan-Neumaier). */
public final class CompensatedSum {

    private double sum;
    private double compensation;

    public void add(double term) {
        double next = sum + term;
        compensation += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
        sum = next;
    }

    public double value() {
        return sum + compensation;
    }

    /** Both parts, for {@link #restore}. */
    public double[] parts() {
        return new double[] {sum, compensation};
    }

    /** Goes on from {@link #parts}. */
    public void restore(double[] parts) {
        sum = parts[0];
        compensation = parts[1];
    }

    /** The parts saved under a name. */
    public static double[] parts(State state, String name) {
        return state.doubles(name, 2);
    }
}
