package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import java.util.ArrayDeque;
import java.util.Deque;

/** The mean of the last gradients. */
final class AverageHint implements Hint {

    private final int window;
    private final Deque<double[]> last = new ArrayDeque<>();

    AverageHint(int window) {
        if (window < 1) {
            throw new IllegalArgumentException("the window of a hint must be at least 1, not " + window);
        }
        this.window = window;
    }

    @Override
    public double[] guess(int dimension) {
        double[] mean = new double[dimension];
        for (double[] gradient : last) {
            Vectors.add(mean, 1.0 / last.size(), gradient);
        }
        return mean;
    }

    @Override
    public void observe(double[] gradient) {
        if (last.size() == window) {
            last.remove();
        }
        last.add(gradient.clone());
    }

    @Override
    public State state() {
        return State.of("average hint").put("last", last.toArray(new double[0][]));
    }

    @Override
    public void restore(State state) {
        double[][] saved = state.require("average hint").matrix("last");
        last.clear();
        for (double[] gradient : saved) {
            last.add(gradient);
        }
    }
}
