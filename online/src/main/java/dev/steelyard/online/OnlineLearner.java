package dev.steelyard.online;

import dev.steelyard.core.state.State;

/**
 * Decides, and learns from what came of its decisions.
 *
 * <pre>{@code
 * Decision<Integer> decision = learner.decide(context);
 * // days later, or never
 * learner.feedback(decision.id(), loss);
 * }</pre>
 *
 * <p>Feedback may come late, in any order, or never: a learner keeps with each decision what its feedback will need
 * (probabilities of that time, the point played) until {@link #feedback} or {@link #expire}. A call that throws leaves
 * the state as it was. {@link #snapshot} and {@link #restore} are exact, the random generator and the pending decisions
 * included: a restored learner makes the same decisions. A learner is used by one thread at a time.
 *
 * @param <C> what is known before deciding
 * @param <A> what is decided
 * @param <F> what comes back
 */
public interface OnlineLearner<C, A, F> {

    /** The learner's name in states, logs and services, such as {@code ucb1}. */
    String name();

    /**
     * Decides.
     *
     * @param context what is known; ignored by learners without context
     * @return the decision, whose id its feedback must name
     * @throws IllegalArgumentException if the context is not one of this learner's
     */
    Decision<A> decide(C context);

    /**
     * Learns what came of a decision, and forgets the decision.
     *
     * @throws UnknownDecisionException if no such decision is pending: it was never made, or had its feedback
     * @throws InvalidOutcomeException if the outcome is outside its range
     */
    void feedback(long decision, F outcome);

    /**
     * Forgets a decision whose feedback will never come.
     *
     * @throws UnknownDecisionException if no such decision is pending
     */
    void expire(long decision);

    /** How many decisions wait for their feedback. */
    int pending();

    /** Everything that the learner knows. */
    State snapshot();

    /**
     * Goes on where the snapshot was taken.
     *
     * @throws dev.steelyard.core.state.StateException if the snapshot is of another learner or other options; nothing
     *     is changed then
     */
    void restore(State snapshot);
}
