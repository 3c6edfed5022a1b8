package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.online.Decision;
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

    private final List<GroupExpert<Z, Y>> experts;
    private final AdaNormalHedge weights;
    private final GroupTask<Z, Y> task;
    private final PredictionMode mode;
    private final double memory;
    private final RestorableRandom random;
    private PendingDecisions<Round<Z>> pending = new PendingDecisions<>();

    /** A round that waits for its outcome. */
    private record Round<Z>(double[] x, int[] groups, double[] probabilities, List<Z> predictions) {}

    /** Equal prior weights, no forgetting. */
    public GroupwiseLearner(
            int groups, IntFunction<GroupExpert<Z, Y>> expert, GroupTask<Z, Y> task, PredictionMode mode, long seed) {
        this(new AdaNormalHedge(groups), expert, task, mode, 1, seed);
    }

    /**
     * @param weights over the groups; used by this learner alone
     * @param expert makes the learner of a group; they may differ
     * @param memory factor in (0, 1] on what the active groups know, at each round, against drift; 1 for none
     * @param seed of the draws
     * @throws IllegalArgumentException if predictions that cannot be averaged should be
     */
    public GroupwiseLearner(
            AdaNormalHedge weights,
            IntFunction<GroupExpert<Z, Y>> expert,
            GroupTask<Z, Y> task,
            PredictionMode mode,
            double memory,
            long seed) {
        if (mode == PredictionMode.AVERAGE && !task.isConvex()) {
            throw new IllegalArgumentException(
                    "predictions of this task cannot be averaged; take PredictionMode.RANDOMISED");
        }
        if (!(memory > 0 && memory <= 1)) {
            throw new IllegalArgumentException("memory must be in (0, 1], not " + memory);
        }
        this.weights = weights;
        this.task = task;
        this.mode = mode;
        this.memory = memory;
        this.random = new RestorableRandom(seed);
        this.experts = new ArrayList<>();
        for (int group = 0; group < weights.experts(); group++) {
            experts.add(expert.apply(group));
        }
    }

    @Override
    public String name() {
        return NAME;
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

    @Override
    public Decision<Z> decide(GroupedInstance instance) {
        requireFinite(instance.x());
        boolean learns = instance.groups().length > 0;
        int[] active = learns ? instance.groups().clone() : all();
        double[] probabilities = weights.weigh(active, null);
        if (!learns) {
            Arrays.fill(probabilities, 1.0 / probabilities.length);
        }
        List<Z> predictions = new ArrayList<>();
        for (int group : active) {
            predictions.add(experts.get(group).predict(instance.x()));
        }
        Z played;
        double propensity = 1;
        if (mode == PredictionMode.AVERAGE) {
            played = task.average(probabilities, predictions);
        } else {
            int drawn = draw(probabilities);
            played = predictions.get(drawn);
            propensity = probabilities[drawn];
        }
        Round<Z> round = learns
                ? new Round<>(instance.x().clone(), active, probabilities, predictions)
                : new Round<>(instance.x().clone(), new int[0], new double[0], List.of());
        return new Decision<>(pending.open(round), played, propensity);
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

    /** The weights and predictions of a round that waits, one for each of its groups; empty if it had no group. */
    public List<Z> predictions(long decision) {
        return List.copyOf(pending.get(decision).predictions());
    }

    /** The weights with which a waiting round was decided. */
    public double[] probabilities(long decision) {
        return pending.get(decision).probabilities().clone();
    }

    @Override
    public void feedback(long decision, Y outcome) {
        Round<Z> round = pending.get(decision);
        task.requireOutcome(decision, outcome);
        double[] losses = round.predictions().stream()
                .mapToDouble(prediction -> task.loss(prediction, outcome))
                .toArray();
        weights.learn(round.groups(), round.probabilities(), null, losses);
        pending.close(decision);
        for (int group : round.groups()) {
            if (memory < 1) {
                experts.get(group).forget(memory);
            }
            experts.get(group).learn(round.x(), outcome);
        }
        if (memory < 1) {
            weights.forget(round.groups(), memory);
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
                .put("pending", pending.state(round -> State.of("round")
                        .put("x", round.x())
                        .put("groups", round.groups())
                        .put("probabilities", round.probabilities())
                        .put(
                                "predictions",
                                round.predictions().stream().map(task::write).toArray(double[][]::new))));
    }

    @Override
    public void restore(State snapshot) {
        List<State> savedExperts = snapshot.require(NAME).states("experts");
        if (savedExperts.size() != experts.size()) {
            throw new StateException(
                    "the saved state has " + savedExperts.size() + " groups where " + experts.size() + " are needed");
        }
        List<Runnable> loads = new ArrayList<>();
        for (int group = 0; group < experts.size(); group++) {
            loads.add(experts.get(group).load(savedExperts.get(group)));
        }
        PendingDecisions<Round<Z>> savedPending = PendingDecisions.from(snapshot.state("pending"), this::round);
        State savedRandom = snapshot.state("random");
        weights.restore(snapshot.state("weights"));
        random.restore(savedRandom);
        loads.forEach(Runnable::run);
        pending = savedPending;
    }

    private Round<Z> round(State saved) {
        int[] groups = Arrays.stream(saved.integers("groups"))
                .mapToInt(group -> (int) group)
                .toArray();
        return new Round<>(
                saved.doubles("x"),
                groups,
                saved.doubles("probabilities", groups.length),
                Arrays.stream(saved.matrix("predictions")).map(task::read).toList());
    }
}
