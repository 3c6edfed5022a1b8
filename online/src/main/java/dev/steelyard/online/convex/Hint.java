package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;

/**
 * An optimist's guess of the gradient that will come; any vector known before the round will do, and the regret is paid
 * for how wrong it is.
 */
public interface Hint {

    /** The guess for the coming round; zero in the first one. */
    double[] guess(int dimension);

    /** Sees the gradient that came. */
    void observe(double[] gradient);

    State state();

    void restore(State state);

    /** The last gradient: right when losses drift slowly. The paper's choice. */
    static Hint lastGradient() {
        return new AverageHint(1);
    }

    /** The mean of the last gradients, for noisy ones. */
    static Hint movingAverage(int window) {
        return new AverageHint(window);
    }

    /** No optimism: always zero. */
    static Hint none() {
        return new SuppliedHint(false);
    }

    /** What the caller sets before each round, zero until then. */
    static SuppliedHint supplied() {
        return new SuppliedHint(true);
    }
}
