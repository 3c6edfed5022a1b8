package dev.steelyard.ranking.pairwise;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link BradleyTerry}.
 *
 * @param prior wins and, as many, losses of every item against an imagined item of strength 1, which keep the strength
 *     finite of one that won or lost all; at least 0; 0.1. With 0 it is the maximum likelihood, which then need not exist
 * @param bootstrap resamples of the ballots for the deviations, at least 2; 100 (public arenas')
 * @param seed of the resampling; 0
 * @param tolerance the fit ends when no log strength changes by more, above 0; 1e-8
 * @param iterations at most so many, at least 1; 10000
 */
@RecordBuilder
public record BradleyTerryOptions(double prior, int bootstrap, long seed, double tolerance, int iterations)
        implements BradleyTerryOptionsBuilder.With {

    public BradleyTerryOptions {
        if (!(prior >= 0) || Double.isInfinite(prior)) {
            throw new IllegalArgumentException("prior must be finite and at least 0, not " + prior);
        }
        if (bootstrap < 2) {
            throw new IllegalArgumentException("bootstrap must be at least 2, not " + bootstrap);
        }
        Positive.require("tolerance", tolerance);
        if (iterations < 1) {
            throw new IllegalArgumentException("iterations must be at least 1, not " + iterations);
        }
    }

    /** 0.1, 100, 0, 1e-8, 10000. */
    public static BradleyTerryOptions defaults() {
        return new BradleyTerryOptions(0.1, 100, 0, 1e-8, 10_000);
    }
}
