package dev.steelyard.ranking.pairwise;

/** The check that options here share. */
final class Positive {

    private Positive() {}

    static void require(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be finite and above 0, not " + value);
        }
    }
}
