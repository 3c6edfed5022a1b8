package dev.steelyard.ranking.pairwise;

/**
 * Options of {@link Elo}.
 *
 * @param k the largest change by one pair, finite and above 0; 32
 * @param start rating of a new item, finite; 1000
 * @param scale difference at which the odds are 10 to 1, above 0; 400
 */
public record EloOptions(double k, double start, double scale) {

    public EloOptions {
        Positive.require("k", k);
        if (!Double.isFinite(start)) {
            throw new IllegalArgumentException("start must be finite, not " + start);
        }
        Positive.require("scale", scale);
    }

    /** 32, 1000, 400. */
    public static EloOptions defaults() {
        return new EloOptions(32, 1000, 400);
    }

    /** The defaults with another k. */
    public static EloOptions of(double k) {
        return new EloOptions(k, 1000, 400);
    }
}
