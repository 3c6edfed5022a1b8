package dev.steelyard.online;

/**
 * A learner that can say how probable an action would be now; what off-policy evaluation needs of it.
 *
 * @param <C> context
 * @param <A> action
 */
public interface Policy<C, A> {

    /** The probability that {@link OnlineLearner#decide} would decide so in this context. */
    double probability(C context, A action);
}
