package dev.steelyard.online.linearmdp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What {@link HistoryLearner} needs beside {@link LinearMdpOptions}.
 *
 * @param trajectories n, simulated for each record's covariance and magnitude correction; of the order of ln(d)/gamma
 *     keeps the inverse within a constant factor of the truth
 * @param samples next pairs that a bonus averages; 1 in the paper
 * @param refreshEvery episodes with the same policy, which share one record; 1 in the paper
 * @param cachedStates states whose policies are kept; a state that was dropped is computed again, with the same result
 * @param parallel whether the simulator is asked for several trajectories at once, which it must bear; default false. The
 *     result is the same either way
 */
@RecordBuilder
public record HistoryOptions(int trajectories, int samples, int refreshEvery, int cachedStates, boolean parallel) {

    private static final int CACHED_STATES = 100_000;

    public HistoryOptions {
        requirePositive("trajectories", trajectories);
        requirePositive("samples", samples);
        requirePositive("refreshEvery", refreshEvery);
        requirePositive("cachedStates", cachedStates);
    }

    /** Trajectories by one thread. */
    public HistoryOptions(int trajectories, int samples, int refreshEvery, int cachedStates) {
        this(trajectories, samples, refreshEvery, cachedStates, false);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
    }

    /** One sample a bonus, a refresh each episode, 100,000 states in the cache, one thread. */
    public static HistoryOptions of(int trajectories) {
        return new HistoryOptions(trajectories, 1, 1, CACHED_STATES);
    }
}
