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

/**
 * Predicts labels with small regret, in squared loss, on every group at once: one {@link OnlineRidge} a group, weighed by
 * {@link AdaNormalHedge} over the groups that are active.
 *
 * <p>A decision keeps the weights and predictions of its time, so that late labels are learnt as if they had been on
 * time. In a round without groups all groups' learners are asked with equal weights, and nothing is learnt. A round costs
 * O(d^2) for each active group.
 */
public final class GroupwiseRegression implements OnlineLearner<GroupedFeatures, Double, Double> {

    private final GroupwiseOptions options;
    private final RestorableRandom random;
    private final AdaNormalHedge weighing;
    private final List<OnlineRidge> learners = new ArrayList<>();
    private PendingDecisions<Kept> pending = new PendingDecisions<>();

    private record Kept(GroupedFeatures round, double[] probabilities, double[] predictions) {

        State state() {
            return State.of("round")
                    .put("features", round.features())
                    .put("groups", round.groups())
                    .put("probabilities", probabilities)
                    .put("predictions", predictions);
        }

        static Kept from(State state) {
            long[] saved = state.require("round").integers("groups");
            int[] groups = Arrays.stream(saved).mapToInt(Math::toIntExact).toArray();
            return new Kept(
                    new GroupedFeatures(state.doubles("features"), groups),
                    state.doubles("probabilities", groups.length),
                    state.doubles("predictions", groups.length));
        }
    }

    public GroupwiseRegression(GroupwiseOptions options, long seed) {
        this.options = options;
        this.random = new RestorableRandom(seed);
        this.weighing = new AdaNormalHedge(options.groups());
        for (int group = 0; group < options.groups(); group++) {
            learners.add(new OnlineRidge(options.dimension(), options.lambda(), options.forward()));
        }
    }

    @Override
    public String name() {
        return "groupwise-regret";
    }

    /** The weights that groups would have now, in their order; they sum to 1. */
    public double[] weights(int... groups) {
        requireGroups(groups);
        return weighing.weigh(groups, null);
    }

    /** The weighing, for its regrets. */
    public AdaNormalHedge weighing() {
        return weighing;
    }

    /** A group's own learner. */
    public OnlineRidge learner(int group) {
        return learners.get(group);
    }

    /** What the groups of a pending decision predicted, in its order of groups. */
    public double[] predictions(long decision) {
        return pending.get(decision).predictions().clone();
    }

    /** The weights of a pending decision's groups, as they were when it was made. */
    public double[] probabilities(long decision) {
        return pending.get(decision).probabilities().clone();
    }

    /**
     * @throws IllegalArgumentException if the features are of another dimension or not finite, or a group is unknown or
     *     named twice
     */
    @Override
    public Decision<Double> decide(GroupedFeatures context) {
        requireFeatures(context.features());
        requireGroups(context.groups());
        boolean none = context.groups().length == 0;
        int[] asked = none ? all() : context.groups().clone();
        double[] probabilities = new double[asked.length];
        if (none) {
            Arrays.fill(probabilities, 1.0 / asked.length);
        } else {
            probabilities = weighing.weigh(asked, null);
        }
        double[] predictions = new double[asked.length];
        for (int i = 0; i < asked.length; i++) {
            predictions[i] = learners.get(asked[i]).predict(context.features());
        }
        double prediction = 0;
        double propensity = 1;
        if (options.mode() == GroupwiseOptions.Mode.AVERAGE) {
            for (int i = 0; i < asked.length; i++) {
                prediction += probabilities[i] * predictions[i];
            }
        } else {
            prediction = predictions[draw(probabilities)];
            propensity = 0;
            for (int i = 0; i < asked.length; i++) {
                propensity += predictions[i] == prediction ? probabilities[i] : 0;
            }
        }
        Kept kept = none
                ? new Kept(new GroupedFeatures(context.features().clone(), new int[0]), new double[0], new double[0])
                : new Kept(new GroupedFeatures(context.features().clone(), asked), probabilities, predictions);
        return new Decision<>(pending.open(kept), prediction, propensity);
    }

    @Override
    public void feedback(long decision, Double label) {
        Kept kept = pending.get(decision);
        if (label == null || !Double.isFinite(label)) {
            throw new InvalidOutcomeException(
                    "the label of decision " + decision + " is " + label + "; it must be a finite number");
        }
        int[] groups = kept.round().groups();
        double[] losses = new double[groups.length];
        for (int i = 0; i < groups.length; i++) {
            double error = kept.predictions()[i] - label;
            losses[i] = error * error;
        }
        weighing.learn(groups, kept.probabilities(), null, losses);
        for (int group : groups) {
            learners.get(group).update(kept.round().features(), label);
        }
        pending.close(decision);
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
        return State.of(name())
                .put("random", random.state())
                .put("weighing", weighing.snapshot())
                .put("learners", learners.stream().map(OnlineRidge::snapshot).toList())
                .put("pending", pending.state(Kept::state));
    }

    @Override
    public void restore(State snapshot) {
        // A learner of the same options takes everything first, so that a damaged state changes nothing here.
        GroupwiseRegression read = new GroupwiseRegression(options, 0);
        List<State> saved = snapshot.require(name()).states("learners");
        if (saved.size() != learners.size()) {
            throw new StateException("the saved state has " + saved.size() + " groups, not " + learners.size()
                    + "; restore it into a learner of the same options");
        }
        read.random.restore(snapshot.state("random"));
        read.weighing.restore(snapshot.state("weighing"));
        for (int group = 0; group < saved.size(); group++) {
            read.learners.get(group).restore(saved.get(group));
        }
        PendingDecisions<Kept> savedPending = PendingDecisions.from(snapshot.state("pending"), Kept::from);
        random.restore(read.random.state());
        weighing.restore(read.weighing.snapshot());
        learners.clear();
        learners.addAll(read.learners);
        pending = savedPending;
    }

    private int draw(double[] probabilities) {
        double target = random.nextDouble();
        int last = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i] > 0) {
                last = i;
                target -= probabilities[i];
                if (target < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    private int[] all() {
        int[] all = new int[options.groups()];
        Arrays.setAll(all, group -> group);
        return all;
    }

    private void requireFeatures(double[] features) {
        if (features.length != options.dimension()) {
            throw new IllegalArgumentException("there are " + features.length + " features where this learner has "
                    + options.dimension() + "; the dimension must not change");
        }
        for (int i = 0; i < features.length; i++) {
            if (!Double.isFinite(features[i])) {
                throw new IllegalArgumentException("feature " + i + " is " + features[i] + "; it must be finite");
            }
        }
    }

    private void requireGroups(int[] groups) {
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] < 0 || groups[i] >= options.groups()) {
                throw new IllegalArgumentException(
                        "group " + groups[i] + " is unknown; there are " + options.groups() + ", counted from 0");
            }
            for (int j = 0; j < i; j++) {
                if (groups[j] == groups[i]) {
                    throw new IllegalArgumentException("group " + groups[i] + " is named twice in one round");
                }
            }
        }
    }
}
