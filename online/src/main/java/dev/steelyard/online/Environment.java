package dev.steelyard.online;

/**
 * A world for studies and tests: gives contexts, answers actions, and knows what it expects. Its random numbers are its
 * own, so that two learners under the same seed meet the same world.
 *
 * @param <C> context
 * @param <A> action
 * @param <F> feedback
 */
public interface Environment<C, A, F> {

    /** The context of the next round. */
    C context();

    /** What comes of an action in this round; the round ends. */
    F respond(A action);

    /** The expected loss of an action in this round. */
    double expectedLoss(A action);
}
