package dev.steelyard.online.onesidedfair;

/**
 * Two instances of a batch, by number from 0: the first was treated too much better than the second.
 *
 * @throws IllegalArgumentException if they are the same instance or a number is negative
 */
public record OrderedPair(int favoured, int other) {

    public OrderedPair {
        if (favoured < 0 || other < 0) {
            throw new IllegalArgumentException(
                    "an objection names instances by number from 0, not (" + favoured + ", " + other + ")");
        }
        if (favoured == other) {
            throw new IllegalArgumentException(
                    "an objection must name two instances; it names instance " + favoured + " twice");
        }
    }
}
