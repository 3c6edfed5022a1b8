package dev.steelyard.online.streamingmab;

/**
 * Pulls that an exploration asks for.
 *
 * @param arm to pull
 * @param level of the exploration that asks, for logs
 * @param pulls how many, at least 1
 */
public record Batch(String arm, int level, long pulls) {

    /** At least one pull; a number that rounding has lifted above an integer is not rounded up. */
    static Batch of(String arm, int level, double pulls) {
        return new Batch(arm, level, Math.max(1, (long) Math.ceil(pulls * (1 - 1e-12))));
    }
}
