package dev.steelyard.online.streamingmab;

/**
 * What all batches are measured by.
 *
 * @param arms K, an upper bound of how many arms will come
 * @param horizon T, pulls in all
 * @param accuracy eps; (K/T)^(1/3) by theory
 * @param factor c of all batches; 1 by default, some 32 by theory
 */
public record StreamScale(long arms, long horizon, double accuracy, double factor) {

    public StreamScale {
        if (arms < 1) {
            throw new IllegalArgumentException("arms must be at least 1, not " + arms);
        }
        if (horizon < arms) {
            throw new IllegalArgumentException("horizon must be at least the number of arms, " + arms + ", not "
                    + horizon + "; each arm is to be pulled once at least");
        }
        if (!(accuracy > 0) || Double.isInfinite(accuracy)) {
            throw new IllegalArgumentException("accuracy must be positive and finite, not " + accuracy);
        }
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor must be positive and finite, not " + factor);
        }
    }

    /** Accuracy (K/T)^(1/3), factor 1. */
    public static StreamScale of(long arms, long horizon) {
        return new StreamScale(arms, horizon, Math.cbrt(arms / (double) horizon), 1);
    }

    /**
     * The scale for twice as many arms, at most one a pull; the accuracy grows by the cube root of the ratio, as (K/T)^(1/3)
     * does.
     *
     * @throws IllegalStateException if there is an arm for every pull already
     */
    StreamScale doubled() {
        if (arms == horizon) {
            throw new IllegalStateException("there cannot be more arms than the " + horizon + " pulls of the horizon");
        }
        long more = Math.min(horizon, 2 * arms);
        return new StreamScale(more, horizon, accuracy * Math.cbrt(more / (double) arms), factor);
    }

    /** c/eps^2. */
    double unit() {
        return factor / (accuracy * accuracy);
    }

    /** ln K. */
    double logArms() {
        return Math.log(arms);
    }
}
