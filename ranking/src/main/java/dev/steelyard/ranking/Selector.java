package dev.steelyard.ranking;

/**
 * Chooses a subset.
 *
 * @param <P> what is known of the items, such as a panel of rankings
 * @param <C> what the subset must keep to
 * @param <S> the subset
 */
@FunctionalInterface
public interface Selector<P, C, S> {

    /**
     * Chooses.
     *
     * @param size how many items
     * @throws IllegalArgumentException if no subset of this size keeps to the constraint; the message says which part of
     *     it cannot be kept
     */
    S select(P known, int size, C constraint);
}
