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
import java.util.List;
import java.util.Optional;

/** Makes a fair learner over stumps from JSON options. */
public final class OneSidedFairFactory implements LearnerFactory {

    private static final int MOST_HYPOTHESES = 100_000;

    @Override
    public String name() {
        return "one-sided-fair";
    }

    @Override
    public String description() {
        return "Accepts or rejects batches of cases whose outcome is seen only if accepted, and heeds a panel's objections"
                + " to unequal treatment of similar cases. Its hypotheses are stumps: one feature against a threshold.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("features", "integer", true, "length of an instance"),
                new Option("thresholds", "array", true, "thresholds that every feature is compared with"),
                new Option("penalty", "number", false, "C, cost of a violation; default T^(1/5), or 4 if T is unknown"),
                new Option("horizon", "integer", false, "T, batches to come; default 0: unknown, restarts by doubling"),
                new Option("batch_size", "integer", false, "instances of a batch; default 1"),
                new Option("drawing", "string", false, "per_batch (default) or per_instance"));
    }

    @Override
    public Shapes shapes() {
        return new Shapes(
                "an array of instances, each an array of numbers",
                "{\"accepted\": [booleans], \"probabilities\": [numbers]}",
                "{\"labels\": [1, 0, or null where none was seen], \"violation\": [favoured, other] or null}");
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
                .drawing(drawing(read.text("drawing", "per_batch")))
                .build();
        ExponentialWeights engine = new ExponentialWeights(stumps(features, read.numbers("thresholds")));
        return new JsonLearner<>(
                new FairOneSidedLearner(engine, fair, seed),
                new JsonLearner.JsonCodec<>(
                        context -> batch(context, features),
                        OneSidedFairFactory::action,
                        OneSidedFairFactory::decision,
                        OneSidedFairFactory::outcome));
    }

    private static Drawing drawing(String name) {
        return switch (name) {
            case "per_batch" -> Drawing.PER_BATCH;
            case "per_instance" -> Drawing.PER_INSTANCE;
            default ->
                throw new IllegalArgumentException(
                        "option 'drawing' must be per_batch or per_instance, not '" + name + "'");
        };
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
        return action;
    }

    private static BatchDecision decision(JsonNode action) {
        boolean[] accepted = new boolean[action.path("accepted").size()];
        for (int i = 0; i < accepted.length; i++) {
            accepted[i] = action.get("accepted").get(i).booleanValue();
        }
        return new BatchDecision(accepted, JsonValues.vector(action.path("probabilities"), "probabilities"));
    }

    private static BatchOutcome outcome(JsonNode outcome) {
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
}
