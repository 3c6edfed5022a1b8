package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.PendingDecisions;
import dev.steelyard.online.experts.AdaNormalHedge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Small regret on every group at once: one learner a group, trained on the group's own instances, and AdaNormalHedge over
 * those whose groups an instance belongs to. A round costs one prediction and one update for each of these.
 *
 * <pre>{@code
 * var learner = new GroupwiseLearner<>(6, g -> new OnlineRidge(25, 1), GroupTask.squaredLoss(0, 1),
 *         PredictionMode.AVERAGE, seed);
 * Decision<Double> prediction = learner.decide(new GroupedInstance(x, 0, 3, 5));
 * learner.feedback(prediction.id(), label);    // late is fine: weights and predictions are kept
 * }</pre>
 *
 * <p>Give one group that is always active for the overall guarantee. An instance of no group is predicted with uniform
 * weights over all groups and teaches nothing. The guarantee is weak for groups below some thirty rounds. It evens out
 * regret, not error rates. Acharya, Arunachaleswaran, Kannan, Roth, Ziani, ICLR 2024, arXiv 2310.04652.
 *
 * @param <Z> what is predicted
 * @param <Y> what is seen after
 */
public final class GroupwiseLearner<Z, Y> implements OnlineLearner<GroupedInstance, Z, Y> {

    private static final String NAME = "groupwise-regret";
    private static final System.Logger LOG = System.getLogger(GroupwiseLearner.class.getName());

    private final IntFunction<? extends GroupExpert<Z, Y>> maker;
    private final AdaNormalHedge weights;
    private final GroupTask<Z, Y> task;
    private final PredictionMode mode;
    private final double memory;
    private final boolean growing;
    private final RestorableRandom random;
    private final List<GroupExpert<Z, Y>> experts = new ArrayList<>();
    private PendingDecisions<GroupedRound<Z>> pending = new PendingDecisions<>();
    private boolean warned;

    /** Equal prior weights, no forgetting. */
    public GroupwiseLearner(
            int groups,
            IntFunction<? extends GroupExpert<Z, Y>> expert,
            GroupTask<Z, Y> task,
            PredictionMode mode,
            long seed) {
        this(
                GroupwiseOptionsBuilder.builder(GroupwiseOptions.of(groups))
                        .mode(mode)
                        .build(),
                expert,
                task,
                seed);
    }

    /**
     * @param expert makes the learner of a group; they may differ
     * @param seed of the draws
     * @throws IllegalArgumentException if predictions that cannot be averaged should be
     */
    public GroupwiseLearner(
            GroupwiseOptions options,
            IntFunction<? extends GroupExpert<Z, Y>> expert,
            GroupTask<Z, Y> task,
            long seed) {
        this(hedge(options), expert, task, options.mode(), options.memory(), options.growing(), seed);
    }

    /**
     * A learner of a fixed number of groups, over weights of one's own.
     *
     * @param weights over the groups; used by this learner alone
     * @param expert makes the learner of a group; they may differ
     * @param memory factor in (0, 1] on what the active groups know, at each round, against drift; 1 for none
     * @param seed of the draws
     * @throws IllegalArgumentException if predictions that cannot be averaged should be
     */
    public GroupwiseLearner(
            AdaNormalHedge weights,
            IntFunction<? extends GroupExpert<Z, Y>> expert,
            GroupTask<Z, Y> task,
            PredictionMode mode,
            double memory,
            long seed) {
        this(weights, expert, task, mode, memory, false, seed);
    }

    private GroupwiseLearner(
            AdaNormalHedge weights,
            IntFunction<? extends GroupExpert<Z, Y>> expert,
            GroupTask<Z, Y> task,
            PredictionMode mode,
            double memory,
            boolean growing,
            long seed) {
        if (mode == PredictionMode.AVERAGE && !task.isConvex()) {
            throw new IllegalArgumentException(
                    "predictions of this task cannot be averaged; take PredictionMode.RANDOMISED");
        }
        if (!(memory > 0 && memory <= 1)) {
            throw new IllegalArgumentException("memory must be in (0, 1], not " + memory);
        }
        this.maker = expert;
        this.weights = weights;
        this.task = task;
        this.mode = mode;
        this.memory = memory;
        this.growing = growing;
        this.random = new RestorableRandom(seed);
        for (int group = 0; group < weights.experts(); group++) {
            experts.add(expert.apply(group));
        }
    }

    private static AdaNormalHedge hedge(GroupwiseOptions options) {
        return options.prior().isEmpty()
                ? new AdaNormalHedge(options.groups())
                : new AdaNormalHedge(
                        options.prior().stream().mapToDouble(p -> p).toArray());
    }

    @Override
    public String name() {
        return NAME;
    }

    /** How many groups there are so far. */
    public int groups() {
        return experts.size();
    }

    /** The learner of a group. */
    public GroupExpert<Z, Y> expert(int group) {
        return experts.get(group);
    }

    /** R, C of the groups. */
    public AdaNormalHedge meta() {
        return weights;
    }

    /** The weights of active groups now. */
    public double[] weights(int... groups) {
        return weights.weigh(groups, null);
    }

    /**
     * Lets a group begin anew, its learner and its weight, as after a change that forgetting is too slow for. Rounds of it
     * that wait for their outcome still teach.
     */
    public void restart(int group) {
        if (group < 0 || group >= experts.size()) {
            throw new IllegalArgumentException(
                    "there is no group " + group + "; there are " + experts.size() + ", counted from 0");
        }
        experts.set(group, maker.apply(group));
        weights.forget(new int[] {group}, 0);
    }

    @Override
    public Decision<Z> decide(GroupedInstance instance) {
        requireFinite(instance.x());
        requireGroups(instance.groups());
        boolean learns = instance.groups().length > 0;
        if (!learns && !warned) {
            warned = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "decision {0} is of no group: all groups are averaged, and nothing will be learnt from it. Give a"
                            + " group that is always active. Later ones are not told.",
                    Long.toString(pending.made()));
        }
        int[] active = learns ? instance.groups().clone() : all();
        List<GroupExpert<Z, Y>> fresh = fresh(active);
        List<Z> predictions = new ArrayList<>();
        for (int group : active) {
            GroupExpert<Z, Y> expert = group < experts.size() ? experts.get(group) : fresh.get(group - experts.size());
            predictions.add(expert.predict(instance.x()));
        }
        experts.addAll(fresh);
        weights.grow(experts.size());
        double[] probabilities = weights.weigh(active, null);
        if (!learns) {
            Arrays.fill(probabilities, 1.0 / probabilities.length);
        }
        GroupedRound<Z> round = round(instance.x().clone(), active, probabilities, predictions);
        Z played = round.drawn() == GroupedRound.NONE
                ? task.average(probabilities, predictions)
                : predictions.get(round.drawn());
        return new Decision<>(
                pending.open(learns ? round : GroupedRound.ofNoGroup(round.x())), played, round.propensity());
    }

    /** Learners for the groups that are new; they join once the instance is known to be a good one. */
    private List<GroupExpert<Z, Y>> fresh(int[] active) {
        int most = Arrays.stream(active).max().orElse(-1);
        List<GroupExpert<Z, Y>> fresh = new ArrayList<>();
        for (int group = experts.size(); group <= most; group++) {
            fresh.add(maker.apply(group));
        }
        return fresh;
    }

    private GroupedRound<Z> round(double[] x, int[] active, double[] probabilities, List<Z> predictions) {
        if (mode == PredictionMode.AVERAGE) {
            return new GroupedRound<>(x, active, probabilities, predictions, GroupedRound.NONE, new double[0]);
        }
        int drawn = draw(probabilities);
        double[] shares = new double[active.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = experts.get(active[i]) instanceof PartialExpert<Z, Y> partial
                    ? partial.probability(x, predictions.get(drawn))
                    : i == drawn || task.same(predictions.get(i), predictions.get(drawn)) ? 1 : 0;
        }
        return new GroupedRound<>(x, active, probabilities, predictions, drawn, shares);
    }

    private int[] all() {
        int[] all = new int[experts.size()];
        Arrays.setAll(all, group -> group);
        return all;
    }

    private static void requireFinite(double[] x) {
        for (int i = 0; i < x.length; i++) {
            if (!Double.isFinite(x[i])) {
                throw new IllegalArgumentException("feature " + i + " is " + x[i] + "; it must be finite");
            }
        }
    }

    private void requireGroups(int[] groups) {
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] < 0 || groups[i] >= experts.size() && !growing) {
                throw new IllegalArgumentException("there is no group " + groups[i] + "; there are " + experts.size()
                        + ", counted from 0" + (growing ? "" : "; set growing for groups that appear over time"));
            }
            for (int j = 0; j < i; j++) {
                if (groups[i] == groups[j]) {
                    throw new IllegalArgumentException("the instance names group " + groups[i] + " twice");
                }
            }
        }
    }

    private int draw(double[] probabilities) {
        double left = random.nextDouble();
        int last = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i] > 0) {
                last = i;
                left -= probabilities[i];
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    /** A round that waits for its outcome, for logs; without groups if its instance had none. */
    public GroupedRound<Z> round(long decision) {
        return pending.get(decision);
    }

    /** The predictions of a round that waits, one for each of its groups; empty if it had no group. */
    public List<Z> predictions(long decision) {
        return List.copyOf(pending.get(decision).predictions());
    }

    /** The weights with which a waiting round was decided. */
    public double[] probabilities(long decision) {
        return pending.get(decision).probabilities().clone();
    }

    @Override
    public void feedback(long decision, Y outcome) {
        GroupedRound<Z> round = pending.get(decision);
        task.requireOutcome(decision, outcome);
        double[] losses = round.predictions().stream()
                .mapToDouble(prediction -> task.loss(prediction, outcome))
                .toArray();
        weights.learn(round.groups(), round.probabilities(), null, losses);
        pending.close(decision);
        for (int group : round.groups()) {
            forget(group);
            experts.get(group).learn(round.x(), outcome);
        }
        forget(round.groups());
    }

    /**
     * Learns where only the loss of what was played is seen: each group's loss is estimated by the seen one, weighted by
     * the inverse of the probability with which it was played. A group's learner learns if it is a {@link PartialExpert};
     * others stay as they are. The estimates may exceed 1, beyond which AdaNormalHedge's guarantee does not reach.
     *
     * @param loss of the played prediction, in [0, 1]
     * @throws InvalidOutcomeException if the loss is outside its range, or if predictions are averaged: the loss of an
     *     average says nothing of any group's prediction
     */
    public void feedbackOnPlayed(long decision, double loss) {
        GroupedRound<Z> round = pending.get(decision);
        InvalidOutcomeException.requireUnitLoss(decision, loss);
        if (mode == PredictionMode.AVERAGE) {
            throw new InvalidOutcomeException(
                    "decision " + decision + " played an average, whose loss says nothing of any"
                            + " group's prediction; take PredictionMode.RANDOMISED");
        }
        pending.close(decision);
        if (round.groups().length == 0) {
            return;
        }
        weights.learn(round.groups(), round.probabilities(), null, round.estimate(loss));
        Z played = round.predictions().get(round.drawn());
        for (int group : round.groups()) {
            forget(group);
            if (experts.get(group) instanceof PartialExpert<Z, Y> partial) {
                partial.learnPlayed(round.x(), played, loss / round.propensity());
            }
        }
        forget(round.groups());
    }

    private void forget(int group) {
        if (memory < 1) {
            experts.get(group).forget(memory);
        }
    }

    private void forget(int[] groups) {
        if (memory < 1) {
            weights.forget(groups, memory);
        }
    }

    /** A warm start: decides and learns examples of the past in their order, as if they came now. */
    public void replay(Iterable<GroupedExample<Y>> examples) {
        for (GroupedExample<Y> example : examples) {
            feedback(decide(example.instance()).id(), example.outcome());
        }
    }

    @Override
    public void expire(long decision) {
        pending.close(decision);
    }

    @Override
    public int pending() {
        return pending.size();
    }

    @Override
    public State snapshot() {
        return State.of(NAME)
                .put("weights", weights.snapshot())
                .put("random", random.state())
                .put("experts", experts.stream().map(GroupExpert::state).toList())
                .put("pending", pending.state(round -> round.state(task)));
    }

    @Override
    public void restore(State snapshot) {
        List<State> savedExperts = snapshot.require(NAME).states("experts");
        if (savedExperts.size() != experts.size() && !growing) {
            throw new StateException(
                    "the saved state has " + savedExperts.size() + " groups where " + experts.size() + " are needed");
        }
        List<GroupExpert<Z, Y>> restored =
                new ArrayList<>(experts.subList(0, Math.min(experts.size(), savedExperts.size())));
        List<Runnable> loads = new ArrayList<>();
        for (int group = 0; group < savedExperts.size(); group++) {
            if (group == restored.size()) {
                restored.add(maker.apply(group));
            }
            loads.add(restored.get(group).load(savedExperts.get(group)));
        }
        loads.add(weights.load(snapshot.state("weights"), restored.size()));
        PendingDecisions<GroupedRound<Z>> savedPending =
                PendingDecisions.from(snapshot.state("pending"), round -> GroupedRound.from(round, task));
        random.restore(snapshot.state("random"));
        loads.forEach(Runnable::run);
        experts.clear();
        experts.addAll(restored);
        pending = savedPending;
    }
}
