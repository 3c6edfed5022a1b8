package dev.steelyard.online.onesidedfair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.JsonValues;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes a fair learner over stumps from JSON options. */
public final class OneSidedFairFactory implements LearnerFactory {

    private static final int MOST_HYPOTHESES = 100_000;

    @Override
    public String name() {
        return "one-sided-fair";
    }

    @Override
    public String description() {
        return "Accepts or rejects batches of cases whose outcome is seen only if accepted, and heeds a panel's"
                + " objections to unequal treatment of similar cases. Its hypotheses are stumps: one feature against a"
                + " threshold.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("features", "integer", true, "length of an instance"),
                new Option("thresholds", "array", true, "thresholds that every feature is compared with"),
                new Option("penalty", "number", false, "C, cost of a violation; default T^(1/5), or 4 if T is unknown"),
                new Option("horizon", "integer", false, "T, batches to come; default 0: unknown, restarts by doubling"),
                new Option("batch_size", "integer", false, "instances of a batch; default 1"),
                new Option("drawing", "string", false, "per_batch (default) or per_instance"),
                new Option(
                        "engine",
                        "string",
                        false,
                        "exp2 (default), or ftpl: perturbed leaders by an oracle over all stumps, which takes the"
                                + " thresholds as a grid of separating points"),
                new Option("auditors", "integer", false, "size of the panel, if objections come one by one; default 1"),
                new Option("gamma", "number", false, "share of the panel that makes a violation; default 1"),
                new Option("zero_cost", "string", false, "known (default) or semi_bandit"),
                new Option("penalty_form", "string", false, "exact (default) or copies, for which C is an integer"),
                new Option("discount_delays", "boolean", false, "whether late outcomes count less; default false"),
                new Option("memory", "number", false, "factor in (0, 1] a batch, against drift; default 1"));
    }

    @Override
    public Shapes shapes() {
        return new Shapes(
                "an array of instances, each an array of numbers",
                "{\"accepted\": [booleans], \"probabilities\": [numbers], \"drawn\": [the number of the hypothesis"
                        + " that decided each]}",
                "{\"labels\": [1, 0, or null where none was seen], \"violation\": [favoured, other] or null};"
                        + " instead of a violation \"objections\": [[favoured, other, auditor], ...]");
    }

    @Override
    public JsonLearner<?, ?, ?> create(JsonNode options, long seed) {
        Options read = new Options(this, options);
        int features = read.integer("features", 0);
        if (features < 1) {
            throw new IllegalArgumentException("option 'features' must be at least 1, not " + features);
        }
        long horizon = read.longInteger("horizon", 0);
        double penalty = read.number("penalty", horizon > 0 ? Math.pow(horizon, 0.2) : 4);
        OneSidedFairOptions fair = OneSidedFairOptionsBuilder.builder(
                        OneSidedFairOptions.of(penalty, horizon, read.integer("batch_size", 1)))
                .drawing(choice(read, "drawing", Drawing.PER_BATCH))
                .auditors(read.integer("auditors", 1))
                .gamma(read.number("gamma", 1))
                .zeroCost(choice(read, "zero_cost", ZeroCost.KNOWN))
                .penaltyForm(choice(read, "penalty_form", PenaltyForm.EXACT))
                .discountDelays(read.flag("discount_delays", false))
                .memory(read.number("memory", 1))
                .build();
        double[] thresholds = read.numbers("thresholds");
        FairEngine engine =
                switch (read.text("engine", "exp2")) {
                    case "exp2" -> new ExponentialWeights(stumps(features, thresholds));
                    case "ftpl" ->
                        new SemiBanditFtpl(
                                new StumpOracle(features),
                                separator(features, thresholds),
                                FtplOptionsBuilder.builder(FtplOptions.DEFAULT)
                                        .parallel(true)
                                        .build());
                    default ->
                        throw new IllegalArgumentException(
                                "option 'engine' must be exp2 or ftpl, not '" + read.text("engine", "") + "'");
                };
        FairOneSidedLearner learner = new FairOneSidedLearner(engine, fair, seed);
        return new JsonLearner<>(
                learner,
                new JsonLearner.JsonCodec<>(
                        context -> batch(context, features),
                        OneSidedFairFactory::action,
                        OneSidedFairFactory::decision,
                        outcome -> outcome(outcome, fair)));
    }

    /** A choice by its name in lower case. */
    private static <E extends Enum<E>> E choice(Options read, String option, E fallback) {
        String name = read.text(option, fallback.name().toLowerCase(Locale.ROOT));
        E[] choices = fallback.getDeclaringClass().getEnumConstants();
        for (E choice : choices) {
            if (choice.name().toLowerCase(Locale.ROOT).equals(name)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("option '" + option + "' must be "
                + Arrays.stream(choices)
                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" or "))
                + ", not '" + name + "'");
    }

    /** Points on either side of every threshold, along every feature: stumps of these thresholds that differ do so on one. */
    private static double[][] separator(int features, double[] thresholds) {
        double[] sorted = Arrays.stream(thresholds).sorted().distinct().toArray();
        List<double[]> points = new ArrayList<>();
        for (int feature = 0; feature < features; feature++) {
            for (int i = 0; i <= sorted.length; i++) {
                double[] point = new double[features];
                point[feature] = sorted.length == 0
                        ? 0
                        : i == 0
                                ? sorted[0] - 1
                                : i == sorted.length ? sorted[i - 1] + 1 : (sorted[i - 1] + sorted[i]) / 2;
                points.add(point);
            }
        }
        return points.toArray(double[][]::new);
    }

    private static List<Hypothesis> stumps(int features, double[] thresholds) {
        long count = 2L * features * thresholds.length + 2;
        if (count > MOST_HYPOTHESES) {
            throw new IllegalArgumentException("features times thresholds make " + count + " hypotheses; at most "
                    + MOST_HYPOTHESES + " are taken: give fewer thresholds");
        }
        List<Hypothesis> stumps = new ArrayList<>();
        for (int feature = 0; feature < features; feature++) {
            for (double threshold : thresholds) {
                stumps.add(new Hypothesis.Stump(feature, threshold, true));
                stumps.add(new Hypothesis.Stump(feature, threshold, false));
            }
        }
        stumps.add(new Hypothesis.Constant(false));
        stumps.add(new Hypothesis.Constant(true));
        return stumps;
    }

    private static double[][] batch(JsonNode context, int features) {
        if (!context.isArray()) {
            throw new IllegalArgumentException("the context must be an array of instances, not " + context);
        }
        double[][] batch = new double[context.size()][];
        for (int i = 0; i < batch.length; i++) {
            batch[i] = JsonValues.vector(context.get(i), "instance " + i);
            if (batch[i].length != features) {
                throw new IllegalArgumentException(
                        "instance " + i + " has " + batch[i].length + " features where " + features + " are expected");
            }
        }
        return batch;
    }

    private static JsonNode action(BatchDecision decision) {
        ObjectNode action = JsonNodeFactory.instance.objectNode();
        ArrayNode accepted = action.putArray("accepted");
        for (boolean accept : decision.accepted()) {
            accepted.add(accept);
        }
        action.set("probabilities", JsonValues.array(decision.probabilities()));
        ArrayNode drawn = action.putArray("drawn");
        for (int number : decision.drawn()) {
            drawn.add(number);
        }
        return action;
    }

    private static BatchDecision decision(JsonNode action) {
        boolean[] accepted = new boolean[action.path("accepted").size()];
        for (int i = 0; i < accepted.length; i++) {
            accepted[i] = action.get("accepted").get(i).booleanValue();
        }
        int[] drawn = new int[accepted.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = action.path("drawn").path(i).intValue();
        }
        return new BatchDecision(accepted, JsonValues.vector(action.path("probabilities"), "probabilities"), drawn);
    }

    private static BatchOutcome outcome(JsonNode outcome, OneSidedFairOptions fair) {
        JsonNode labels = outcome.path("labels");
        JsonNode violation = outcome.path("violation");
        if (!labels.isArray()) {
            throw new InvalidOutcomeException("the outcome is " + outcome + "; it must have an array 'labels'");
        }
        int[] read = new int[labels.size()];
        for (int i = 0; i < read.length; i++) {
            JsonNode label = labels.get(i);
            if (!label.isNull() && !label.isInt()) {
                throw new InvalidOutcomeException("label " + i + " is " + label + "; it must be 0, 1 or null");
            }
            read[i] = label.isNull() ? BatchOutcome.UNSEEN : label.intValue();
        }
        if (outcome.hasNonNull("objections")) {
            if (!violation.isMissingNode() && !violation.isNull()) {
                throw new InvalidOutcomeException("the outcome has both a violation and objections; give one");
            }
            return new BatchOutcome(read, Objection.violation(objections(outcome.get("objections"), fair), fair));
        }
        if (violation.isMissingNode() || violation.isNull()) {
            return new BatchOutcome(read, Optional.empty());
        }
        if (violation.size() != 2
                || !violation.path(0).isInt()
                || !violation.path(1).isInt()) {
            throw new InvalidOutcomeException(
                    "the violation is " + violation + "; it must be [favoured, other], two instances by number");
        }
        return new BatchOutcome(
                read,
                Optional.of(new OrderedPair(
                        violation.get(0).intValue(), violation.get(1).intValue())));
    }

    private static List<Objection> objections(JsonNode json, OneSidedFairOptions fair) {
        List<Objection> objections = new ArrayList<>();
        for (JsonNode objection : json) {
            if (!objection.path(2).isInt()
                    || !objection.path(1).isInt()
                    || !objection.path(0).isInt()
                    || objection.get(2).intValue() < 0
                    || objection.get(2).intValue() >= fair.auditors()) {
                throw new InvalidOutcomeException("the objection is " + objection
                        + "; it must be [favoured, other, auditor], two instances and one of " + fair.auditors()
                        + " auditors by number");
            }
            objections.add(new Objection(
                    new OrderedPair(
                            objection.get(0).intValue(), objection.get(1).intValue()),
                    objection.get(2).intValue()));
        }
        return objections;
    }
}
