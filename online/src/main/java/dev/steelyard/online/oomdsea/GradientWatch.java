package dev.steelyard.online.oomdsea;

import dev.steelyard.core.state.State;
import dev.steelyard.online.convex.CompensatedSum;
import dev.steelyard.online.convex.Vectors;

/** What is measured of the gradients: V, the sum of |g - M|^2, the largest norm, and how often it passed its bound. */
final class GradientWatch {

    private static final String OWNER = "gradient watch";
    private static final System.Logger LOG = System.getLogger(GradientWatch.class.getName());

    /** Rounding alone must not count as an excess. */
    private static final double SLACK = 1 + 1e-9;

    private final double bound;
    private final CompensatedSum variation = new CompensatedSum();
    private double largest;
    private long excesses;

    GradientWatch(double bound) {
        this.bound = bound;
    }

    void observe(double[] gradient, double[] guess) {
        observe(Vectors.norm(gradient), Vectors.squaredDistance(gradient, guess));
    }

    void observe(double norm, double squaredError) {
        variation.add(squaredError);
        largest = Math.max(largest, norm);
        if (norm > bound * SLACK) {
            if (excesses == 0) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a gradient of norm " + norm + " is above the bound G = " + bound
                                + ", so that the regret bound is void; raise G or let it rise by itself");
            }
            excesses++;
        }
    }

    double variation() {
        return variation.value();
    }

    double largest() {
        return largest;
    }

    long excesses() {
        return excesses;
    }

    State state() {
        return State.of(OWNER)
                .put("variation", variation.parts())
                .put("largest", largest)
                .put("excesses", excesses);
    }

    /** Reads a state now, and takes it over when run. */
    Runnable reader(State state) {
        double[] savedVariation = CompensatedSum.parts(state.require(OWNER), "variation");
        double savedLargest = state.number("largest");
        long savedExcesses = state.integer("excesses");
        return () -> {
            variation.restore(savedVariation);
            largest = savedLargest;
            excesses = savedExcesses;
        };
    }
}
