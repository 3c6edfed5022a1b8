package dev.steelyard.online;

import dev.steelyard.core.state.State;
import java.util.function.IntFunction;

/**
 * Learners one after another, of which the present one decides, numbered together: what a learner needs that begins anew
 * from time to time. Feedback that comes after the end of its phase is taken and teaches nothing.
 *
 * @param <C> context
 * @param <A> action
 * @param <F> feedback
 * @param <L> the learner of a phase
 */
public final class Phases<C, A, F, L extends OnlineLearner<C, A, F>> {

    private static final int NONE = -1;

    private PendingDecisions<Step> pending = new PendingDecisions<>();
    private L current;
    private int number;

    /** A decision, by its phase and its number in the phase. */
    private record Step(int phase, long decision) {}

    public Phases(L first) {
        this.current = first;
    }

    /** The learner of the present phase. */
    public L current() {
        return current;
    }

    /** The present phase, from 0. */
    public int number() {
        return number;
    }

    /** Begins the next phase. */
    public void begin(L next) {
        current = next;
        number++;
    }

    /** Lets the present phase decide. */
    public Decision<A> decide(C context) {
        Decision<A> decision = current.decide(context);
        return new Decision<>(pending.open(new Step(number, decision.id())), decision.action(), decision.propensity());
    }

    /** A decision that no phase made, and none learns from; its propensity is 1. */
    public Decision<A> decideOutside(A action) {
        return new Decision<>(pending.open(new Step(NONE, 0)), action, 1);
    }

    /** @throws UnknownDecisionException if the decision is not pending */
    public void requirePending(long decision) {
        pending.get(decision);
    }

    /**
     * Hands feedback to the phase that decided, if that is the present one.
     *
     * @param outcome which the caller has checked
     */
    public void feedback(long decision, F outcome) {
        Step step = pending.close(decision);
        if (step.phase() == number) {
            current.feedback(step.decision(), outcome);
        }
    }

    /** Forgets a decision, as its phase does if that is the present one. */
    public void expire(long decision) {
        Step step = pending.close(decision);
        if (step.phase() == number) {
            current.expire(step.decision());
        }
    }

    public int pending() {
        return pending.size();
    }

    /** Adds the present phase's number, its learner and what is pending. */
    public void save(State state) {
        state.put("phase", number).put("inner", current.snapshot()).put("pending", pending.state(step -> State.of(
                        "play")
                .put("phase", step.phase())
                .put("decision", step.decision())));
    }

    /**
     * Reads what {@link #save} wrote and gives what puts it in place.
     *
     * @param maker of the saved phase's learner, by the phase's number
     * @throws dev.steelyard.core.state.StateException if the state is another's
     */
    public Runnable load(State state, IntFunction<L> maker) {
        int savedNumber = state.smallInteger("phase");
        PendingDecisions<Step> savedPending = PendingDecisions.from(
                state.state("pending"), step -> new Step(step.smallInteger("phase"), step.integer("decision")));
        L saved = maker.apply(savedNumber);
        saved.restore(state.state("inner"));
        return () -> {
            number = savedNumber;
            pending = savedPending;
            current = saved;
        };
    }
}
