package dev.steelyard.online.streamingmab;

/**
 * Pulls that an exploration asks for.
 *
 * @param arm to pull
 * @param level of the exploration that asks, for logs
 * @param pulls how many, at least 1
 * @param probability with which the batch was begun, given what came before: 1 but for drawn ones, such as those of {@link
 *     GameOfArms}' side stream; for logs
 */
public record Batch(String arm, int level, long pulls, double probability) {

    /** At least one pull; a number that rounding has lifted above an integer is not rounded up. */
    static Batch of(String arm, int level, double pulls) {
        return drawn(arm, level, pulls, 1);
    }

    /** The same where chance decided whether there would be a batch. */
    static Batch drawn(String arm, int level, double pulls, double probability) {
        return new Batch(arm, level, Math.max(1, (long) Math.ceil(pulls * (1 - 1e-12))), probability);
    }
}
