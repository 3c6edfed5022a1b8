package dev.steelyard.online.onesidedfair;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link SemiBanditFtpl}.
 *
 * @param draws R, hypotheses of the deployed policy; default 40
 * @param resamplingCap L, most draws of geometric resampling; default 40. An acceptance probability below 1/L is
 *     overestimated.
 * @param noise b, scale of the Laplace noise; 0 for sqrt(T (k + 2C)) / 6. The paper's own constants, of order T^(38/45)
 *     draws, are out of reach.
 * @param parallel whether draws run at once, on the common pool, which pays where a call of the oracle takes more than some
 *     ten microseconds; default false. The draws are the same either way.
 */
@RecordBuilder
public record FtplOptions(int draws, int resamplingCap, double noise, boolean parallel) {

    public static final FtplOptions DEFAULT = new FtplOptions(40, 40, 0, false);

    /** One draw after the other. */
    public FtplOptions(int draws, int resamplingCap, double noise) {
        this(draws, resamplingCap, noise, false);
    }

    public FtplOptions {
        if (draws < 1) {
            throw new IllegalArgumentException("draws must be at least 1, not " + draws);
        }
        if (resamplingCap < 1) {
            throw new IllegalArgumentException("resamplingCap must be at least 1, not " + resamplingCap);
        }
        if (!(noise >= 0) || Double.isInfinite(noise)) {
            throw new IllegalArgumentException("noise must be finite and at least 0, not " + noise);
        }
    }

    /** The default scale of the noise: sqrt(T (k + 2C)) / 6. */
    public static double noise(long horizon, int batchSize, double penalty) {
        return Math.sqrt(horizon * (batchSize + 2 * penalty)) / 6;
    }
}
