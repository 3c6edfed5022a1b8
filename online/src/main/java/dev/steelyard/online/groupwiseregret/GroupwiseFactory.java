package dev.steelyard.online.groupwiseregret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.JsonValues;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;
import java.util.Arrays;
import java.util.List;

/** Makes groupwise ridge regressions from JSON options. */
public final class GroupwiseFactory implements LearnerFactory {

    @Override
    public String name() {
        return "groupwise-regret";
    }

    @Override
    public String description() {
        return "Predicts a number and does no worse on any of several overlapping groups than a model trained for that"
                + " group alone.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("groups", "integer", true, "how many groups there are; let one hold everybody"),
                new Option("features", "integer", true, "length of an instance"),
                new Option("ridge", "number", false, "of each group's regression; default 1"),
                new Option("mode", "string", false, "average (default) or randomised"),
                new Option("memory", "number", false, "factor in (0, 1] a round, against drift; default 1"),
                new Option("prior", "array", false, "a positive weight for each group; default equal ones"),
                new Option("growing", "boolean", false, "whether new numbers are new groups; default false"),
                new Option("lowest", "number", false, "of the labels' range; default 0"),
                new Option("highest", "number", false, "of the labels' range; default 1"));
    }

    @Override
    public Shapes shapes() {
        return new Shapes(
                "{\"x\": [numbers], \"groups\": [numbers of its groups, from 0]}",
                "the prediction, a number",
                "the label, a number in the declared range");
    }

    @Override
    public JsonLearner<?, ?, ?> create(JsonNode options, long seed) {
        Options read = new Options(this, options);
        int features = read.integer("features", 0);
        double ridge = read.number("ridge", 1);
        PredictionMode mode =
                switch (read.text("mode", "average")) {
                    case "average" -> PredictionMode.AVERAGE;
                    case "randomised" -> PredictionMode.RANDOMISED;
                    default ->
                        throw new IllegalArgumentException("option 'mode' of 'groupwise-regret' must be average or"
                                + " randomised, not '" + read.text("mode", "") + "'");
                };
        GroupwiseOptions groupwise = new GroupwiseOptions(
                read.integer("groups", 0),
                mode,
                Arrays.stream(read.numbers("prior")).boxed().toList(),
                read.number("memory", 1),
                read.flag("growing", false));
        GroupwiseLearner<Double, Double> learner = new GroupwiseLearner<>(
                groupwise,
                group -> new OnlineRidge(features, ridge),
                GroupTask.squaredLoss(read.number("lowest", 0), read.number("highest", 1)),
                seed);
        return new JsonLearner<>(
                learner,
                new JsonLearner.JsonCodec<>(
                        GroupwiseFactory::instance,
                        JsonNodeFactory.instance::numberNode,
                        JsonNode::doubleValue,
                        GroupwiseFactory::label));
    }

    private static GroupedInstance instance(JsonNode context) {
        double[] groups = JsonValues.vector(context.path("groups"), "groups");
        int[] numbers = new int[groups.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (int) groups[i];
            if (numbers[i] != groups[i]) {
                throw new IllegalArgumentException("groups are numbered by integers, not " + groups[i]);
            }
        }
        return new GroupedInstance(JsonValues.vector(context.path("x"), "x"), numbers);
    }

    private static Double label(JsonNode outcome) {
        if (!outcome.isNumber()) {
            throw new InvalidOutcomeException("the outcome is " + outcome + "; it must be the label, a number");
        }
        return outcome.doubleValue();
    }
}
