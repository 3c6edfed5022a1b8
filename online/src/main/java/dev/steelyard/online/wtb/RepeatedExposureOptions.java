package dev.steelyard.online.wtb;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link RepeatedExposureBandit}.
 *
 * @param arms K, at least 1
 * @param horizon T, plays in all, at least 1
 * @param memory M, an upper bound of how many plays back matter; at least 0
 * @param delta probability that the best arm may be dropped, in (0, 1); default 1/T
 * @param scale c of the radius; 1 by theory, 0.5 is a good practical choice
 * @param skipBurnIn whether a block of the arm that was just played needs no burn-in; default false
 * @param epochOrder of the arms' turns; default {@link EpochOrder#INDEX}
 * @param varianceAware whether the radius may be that of the empirical Bernstein inequality where smaller; default false
 * @param reopenEvery all arms come back after so many plays, against drift; 0 for never, the default
 */
@RecordBuilder
public record RepeatedExposureOptions(
        int arms,
        long horizon,
        int memory,
        double delta,
        double scale,
        boolean skipBurnIn,
        EpochOrder epochOrder,
        boolean varianceAware,
        long reopenEvery) {

    private static final System.Logger LOG = System.getLogger(RepeatedExposureOptions.class.getName());

    public RepeatedExposureOptions {
        if (arms < 1) {
            throw new IllegalArgumentException("arms must be at least 1, not " + arms);
        }
        if (horizon < 1) {
            throw new IllegalArgumentException("horizon must be at least 1, not " + horizon);
        }
        if (memory < 0) {
            throw new IllegalArgumentException("memory must be at least 0, not " + memory);
        }
        if (!(delta > 0 && delta < 1)) {
            throw new IllegalArgumentException("delta must be in (0, 1), not " + delta);
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("scale must be positive and finite, not " + scale);
        }
        if (reopenEvery < 0) {
            throw new IllegalArgumentException("reopenEvery must be at least 0, not " + reopenEvery);
        }
        if (arms > 1 && horizon < (long) arms * (memory + 2L)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a horizon of {0} does not hold one epoch of {1} arms with memory {2}, which takes {3} plays",
                    horizon,
                    arms,
                    memory,
                    (long) arms * (memory + 2L));
        }
    }

    /** The theory's choices: delta 1/T, scale 1, no shortcut. */
    public static RepeatedExposureOptions of(int arms, long horizon, int memory) {
        return new RepeatedExposureOptions(
                arms, horizon, memory, horizon > 1 ? 1.0 / horizon : .5, 1, false, EpochOrder.INDEX, false, 0);
    }
}
