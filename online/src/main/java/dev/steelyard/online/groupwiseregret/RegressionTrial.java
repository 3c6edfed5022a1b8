package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.online.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/** One learner on one data set: each group's regret to the least squares fit of its own rows. */
final class RegressionTrial {

    static final String[] SYNTHETIC_GROUPS = {"circle", "square", "triangle", "green", "red", "all"};
    private static final int MEDICAL_ROWS = 1338;
    private static final GroupTask<Double, Double> TASK = GroupTask.squaredLoss(0, 1);

    private final int size;
    private final int features;
    private final String[] groups;
    private final IntFunction<GroupedInstance> instances;
    private final IntToDoubleFunction labels;

    private RegressionTrial(
            int size,
            int features,
            String[] groups,
            IntFunction<GroupedInstance> instances,
            IntToDoubleFunction labels) {
        this.size = size;
        this.features = features;
        this.groups = groups;
        this.instances = instances;
        this.labels = labels;
    }

    static void synthetic(String part, String method, int rows, TrialContext context) throws InterruptedException {
        SyntheticGroups data = SyntheticGroups.draw(
                rows,
                SyntheticGroups.Label.valueOf(part.toUpperCase(Locale.ROOT)),
                context.seeds().generator("data"));
        new RegressionTrial(rows, SyntheticGroups.FEATURES, SYNTHETIC_GROUPS, data::instance, data::label)
                .run(method, context);
    }

    static void medical(String method, TrialContext context) throws InterruptedException {
        MedicalCosts data = MedicalCosts.draw(MEDICAL_ROWS, context.seeds().generator("data"));
        new RegressionTrial(MEDICAL_ROWS, MedicalCosts.FEATURES, MedicalCosts.GROUPS, data::instance, data::label)
                .run(method, context);
    }

    /** The rows of a table in an order that follows from the seed. */
    static void table(GroupedTable table, String method, TrialContext context) throws InterruptedException {
        List<GroupedExample<Double>> rows = new ArrayList<>(table.examples());
        Collections.shuffle(rows, Random.from(context.seeds().generator("order")));
        new RegressionTrial(
                        rows.size(),
                        table.featureNames().size(),
                        table.specification().names().toArray(String[]::new),
                        row -> rows.get(row).instance(),
                        row -> rows.get(row).outcome())
                .run(method, context);
    }

    /** The metric of a group's own learner alone, trained on the group's rows and played on them. */
    static String own(String group) {
        return "own learner, " + group;
    }

    private GroupedInstance seen(GroupedInstance instance, String method) {
        int[] active = instance.groups();
        return switch (method) {
            case GroupwiseStudy.SINGLE -> new GroupedInstance(instance.x(), 0);
            case GroupwiseStudy.NO_ALWAYS ->
                new GroupedInstance(
                        instance.x(),
                        Arrays.stream(active)
                                .filter(group -> group != groups.length - 1)
                                .toArray());
            default -> instance;
        };
    }

    private void run(String method, TrialContext context) throws InterruptedException {
        long seed = context.seeds().child("draws").value();
        boolean single = method.equals(GroupwiseStudy.SINGLE);
        GroupwiseLearner<Double, Double> learner = new GroupwiseLearner<>(
                single ? 1 : groups.length,
                g -> new OnlineRidge(features, 1),
                TASK,
                method.equals(GroupwiseStudy.AVERAGE) ? PredictionMode.AVERAGE : PredictionMode.RANDOMISED,
                seed);
        double[] losses = new double[groups.length];
        double[] own = new double[groups.length];
        LeastSquares[] hindsight = new LeastSquares[groups.length];
        Arrays.setAll(hindsight, group -> new LeastSquares(features));
        for (int t = 0; t < size; t++) {
            GroupedInstance instance = instances.apply(t);
            double label = labels.applyAsDouble(t);
            Decision<Double> decision = learner.decide(seen(instance, method));
            double loss = method.equals(GroupwiseStudy.AVERAGE)
                    ? TASK.loss(decision.action(), label)
                    : expectedLoss(learner, decision.id(), label);
            for (int group : instance.groups()) {
                losses[group] += loss;
                hindsight[group].add(instance.x(), label);
            }
            if (method.equals(GroupwiseStudy.RANDOMISED)) {
                GroupedRound<Double> round = learner.round(decision.id());
                for (int i = 0; i < round.groups().length; i++) {
                    own[round.groups()[i]] += TASK.loss(round.predictions().get(i), label);
                }
            }
            learner.feedback(decision.id(), label);
            if (t % 1000 == 0) {
                context.progress(t, size);
            }
        }
        for (int group = 0; group < groups.length; group++) {
            context.metric(groups[group], losses[group] - hindsight[group].loss());
            if (method.equals(GroupwiseStudy.RANDOMISED)) {
                context.metric(own(groups[group]), own[group] - hindsight[group].loss());
            }
        }
    }

    private static double expectedLoss(GroupwiseLearner<Double, Double> learner, long id, double label) {
        double[] probabilities = learner.probabilities(id);
        double loss = 0;
        for (int i = 0; i < probabilities.length; i++) {
            loss += probabilities[i] * TASK.loss(learner.predictions(id).get(i), label);
        }
        return loss;
    }
}
