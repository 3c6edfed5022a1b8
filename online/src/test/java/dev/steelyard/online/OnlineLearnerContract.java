package dev.steelyard.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every learner of this module keeps to. A learner's test extends it.
 *
 * @param <C> context
 * @param <A> action
 * @param <F> feedback
 */
public abstract class OnlineLearnerContract<C, A, F> {

    /** A learner whose random numbers follow from the seed; always of the same options. */
    protected abstract OnlineLearner<C, A, F> learner(long seed);

    /** The context of a round. */
    protected abstract C context(int round);

    /** What comes of an action in a round; it depends on nothing else. */
    protected abstract F outcome(int round, A action);

    /** An outcome that must be refused. */
    protected abstract F invalidOutcome();

    /** An action as text, equal for equal actions. */
    protected String describe(A action) {
        return String.valueOf(action);
    }

    /** How many rounds the learner can be driven here. */
    protected int rounds() {
        return 120;
    }

    /** How late feedback comes in the tests of delay; 0 if the learner refuses to decide while feedback is open. */
    protected int delay() {
        return 5;
    }

    private List<String> run(OnlineLearner<C, A, F> learner, int from, int to, Deque<Open<F>> open, int delay) {
        List<String> decisions = new ArrayList<>();
        for (int round = from; round < to; round++) {
            Decision<A> decision = learner.decide(context(round));
            decisions.add(decision.id() + ":" + describe(decision.action()) + "@" + decision.propensity());
            open.add(new Open<>(decision.id(), outcome(round, decision.action())));
            while (open.size() > delay) {
                Open<F> oldest = open.remove();
                learner.feedback(oldest.decision(), oldest.outcome());
            }
        }
        return decisions;
    }

    private record Open<F>(long decision, F outcome) {}

    @Test
    void theSameSeedDecidesTheSame() {
        assertThat(run(learner(3), 0, rounds(), new ArrayDeque<>(), 0))
                .isEqualTo(run(learner(3), 0, rounds(), new ArrayDeque<>(), 0));
    }

    @Test
    void propensitiesArePositiveAndIdsCountUp() {
        OnlineLearner<C, A, F> learner = learner(1);
        for (int round = 0; round < rounds(); round++) {
            Decision<A> decision = learner.decide(context(round));
            assertThat(decision.id()).isEqualTo(round);
            assertThat(decision.propensity()).isPositive().isFinite();
            learner.feedback(decision.id(), outcome(round, decision.action()));
        }
        assertThat(learner.pending()).isZero();
    }

    @Test
    void aRestoredLearnerDecidesTheSameWithFeedbackStillOpen() {
        int half = rounds() / 2;
        OnlineLearner<C, A, F> learner = learner(5);
        Deque<Open<F>> open = new ArrayDeque<>();
        run(learner, 0, half, open, delay());
        State saved = learner.snapshot();
        String text = saved.toJson();
        List<String> rest = run(learner, half, rounds(), new ArrayDeque<>(open), delay());

        OnlineLearner<C, A, F> restored = learner(99);
        restored.restore(State.fromJson(text));
        assertThat(restored.snapshot().toJson()).isEqualTo(text);
        assertThat(restored.pending()).isEqualTo(open.size());
        assertThat(run(restored, half, rounds(), new ArrayDeque<>(open), delay()))
                .isEqualTo(rest);
        assertThat(restored.snapshot()).isEqualTo(learner.snapshot());
        assertThat(saved.toJson()).as("a snapshot does not change later").isEqualTo(text);
    }

    @Test
    void feedbackThatNeverComesIsForgotten() {
        OnlineLearner<C, A, F> learner = learner(2);
        for (int round = 0; round < rounds() / 2; round++) {
            Decision<A> decision = learner.decide(context(round));
            if (round % 3 == 1) {
                learner.expire(decision.id());
            } else {
                learner.feedback(decision.id(), outcome(round, decision.action()));
            }
        }
        assertThat(learner.pending()).isZero();
    }

    @Test
    void feedbackTwiceIsRefusedAndChangesNothing() {
        OnlineLearner<C, A, F> learner = learner(2);
        Decision<A> decision = learner.decide(context(0));
        F outcome = outcome(0, decision.action());
        learner.feedback(decision.id(), outcome);
        State before = learner.snapshot();
        assertThatThrownBy(() -> learner.feedback(decision.id(), outcome))
                .isInstanceOf(UnknownDecisionException.class)
                .hasMessageContaining("decision " + decision.id());
        assertThatThrownBy(() -> learner.expire(decision.id())).isInstanceOf(UnknownDecisionException.class);
        assertThat(learner.snapshot()).isEqualTo(before);
    }

    @Test
    void feedbackForADecisionNeverMadeIsRefusedAndChangesNothing() {
        OnlineLearner<C, A, F> learner = learner(2);
        Decision<A> decision = learner.decide(context(0));
        F outcome = outcome(0, decision.action());
        State before = learner.snapshot();
        assertThatThrownBy(() -> learner.feedback(decision.id() + 1, outcome))
                .isInstanceOf(UnknownDecisionException.class)
                .hasMessageContaining("never made");
        assertThatThrownBy(() -> learner.feedback(-1, outcome)).isInstanceOf(UnknownDecisionException.class);
        assertThat(learner.snapshot()).isEqualTo(before);
    }

    @Test
    void anInvalidOutcomeIsRefusedAndTheDecisionStaysOpen() {
        OnlineLearner<C, A, F> learner = learner(2);
        Decision<A> decision = learner.decide(context(0));
        State before = learner.snapshot();
        assertThatThrownBy(() -> learner.feedback(decision.id(), invalidOutcome()))
                .isInstanceOf(InvalidOutcomeException.class);
        assertThat(learner.snapshot()).isEqualTo(before);
        learner.feedback(decision.id(), outcome(0, decision.action()));
        assertThat(learner.pending()).isZero();
    }

    @Test
    void anothersStateIsRefused() {
        OnlineLearner<C, A, F> learner = learner(2);
        State before = learner.snapshot();
        assertThatThrownBy(() -> learner.restore(State.of("something else"))).isInstanceOf(StateException.class);
        assertThatThrownBy(() -> learner.restore(State.of(learner.name()))).isInstanceOf(StateException.class);
        assertThat(learner.snapshot()).isEqualTo(before);
    }
}
