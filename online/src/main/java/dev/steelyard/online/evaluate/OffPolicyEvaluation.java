package dev.steelyard.online.evaluate;

import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.random.RandomGenerator;

/**
 * Estimates the mean loss that a learner would have had on a log of another's decisions, while it learns.
 *
 * <p>For each logged decision, its probability under the learner as it stands is divided by its logged propensity. A
 * decision enters the learner's own history with a probability in proportion to this weight, so that the history is
 * distributed as if the learner had decided itself: M. Dudik, D. Erhan, J. Langford, L. Li, Sample-efficient
 * Nonstationary Policy Evaluation for Contextual Bandits, UAI 2012. On a uniform log this is the replay of L. Li et al.,
 * WSDM 2011. The proportion is a low propensity, so that few probabilities would be above 1; see {@link HistoryShare}. The log's propensities must be true, and positive for whatever the learner may do; deterministic logs
 * evaluate nobody but their own learner.
 *
 * @param <C> context
 * @param <A> action; needs {@code equals}
 * @param <F> outcome
 */
public final class OffPolicyEvaluation<C, A, F> {

    /** Draws until a learner decides as the log did, before the history gives up on that decision. */
    private static final int MOST_DRAWS = 100_000;

    private final List<A> actions;
    private final Map<A, Integer> numbers = new HashMap<>();
    private final Function<C, double[]> features;

    /**
     * @param actions all actions, without repetition
     * @param features numbers by which losses are predicted for the doubly robust estimate; of the same length always,
     *     empty for none
     */
    public OffPolicyEvaluation(List<A> actions, Function<C, double[]> features) {
        this.actions = List.copyOf(actions);
        this.features = features;
        for (A action : actions) {
            if (numbers.put(action, numbers.size()) != null) {
                throw new IllegalArgumentException("action " + action + " is listed twice");
            }
        }
    }

    /**
     * Plays the log to the learner, which learns from it.
     *
     * @param probability of an action under the learner as it stands
     * @param log in the order of the decisions; gone through once, so that it need not fit into memory
     * @param random draws which decisions enter the learner's history
     * @throws IllegalArgumentException if the log is empty or holds an action that is not listed
     */
    public Evaluation evaluate(
            OnlineLearner<C, A, F> learner,
            ToDoubleBiFunction<C, A> probability,
            Iterable<LoggedDecision<C, A, F>> log,
            RandomGenerator random) {
        LossModel model = null;
        HistoryShare share = new HistoryShare();
        Moments logged = new Moments();
        Moments inverse = new Moments();
        Moments robust = new Moments();
        WeightedLosses weighted = new WeightedLosses();
        long decisions = 0;
        long learnt = 0;
        for (LoggedDecision<C, A, F> line : log) {
            double[] seen = features.apply(line.context());
            int number = number(decisions++, line.action());
            if (model == null) {
                model = new LossModel(actions.size(), seen.length);
            }
            double target = probability.applyAsDouble(line.context(), line.action());
            double weight = target / line.propensity();
            logged.add(line.loss());
            inverse.add(weight * line.loss());
            weighted.add(weight, line.loss());
            robust.add(expected(model, probability, line.context(), seen)
                    + weight * (line.loss() - model.predict(number, seen)));
            model.learn(number, seen, line.loss());
            if (random.nextDouble() < share.next(line.propensity(), weight) * weight && learn(learner, line)) {
                learnt++;
            }
        }
        if (decisions == 0) {
            throw new IllegalArgumentException(
                    "the log holds no decision with feedback; there is nothing to evaluate on");
        }
        return new Evaluation(
                decisions,
                learnt,
                logged.estimate(),
                inverse.estimate(),
                weighted.estimate(),
                robust.estimate(),
                weighted.effectiveSampleSize(),
                weighted.largest());
    }

    private double expected(LossModel model, ToDoubleBiFunction<C, A> probability, C context, double[] seen) {
        double expected = 0;
        for (int number = 0; number < actions.size(); number++) {
            expected += probability.applyAsDouble(context, actions.get(number)) * model.predict(number, seen);
        }
        return expected;
    }

    /** Lets the learner decide until it decides as the log did, and gives it the log's outcome. */
    private boolean learn(OnlineLearner<C, A, F> learner, LoggedDecision<C, A, F> line) {
        for (int draw = 0; draw < MOST_DRAWS; draw++) {
            Decision<A> decision = learner.decide(line.context());
            if (decision.action().equals(line.action())) {
                learner.feedback(decision.id(), line.outcome());
                return true;
            }
            learner.expire(decision.id());
        }
        return false;
    }

    private int number(long decision, A action) {
        Integer number = numbers.get(action);
        if (number == null) {
            throw new IllegalArgumentException(
                    "decision " + decision + " of the log took action " + action + ", which is none of " + actions);
        }
        return number;
    }
}
