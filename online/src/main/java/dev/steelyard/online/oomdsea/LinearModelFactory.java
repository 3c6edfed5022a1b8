package dev.steelyard.online.oomdsea;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.convex.Ball;
import dev.steelyard.online.convex.Domain;
import dev.steelyard.online.convex.DomainJson;
import dev.steelyard.online.convex.FeatureHashing;
import dev.steelyard.online.convex.HintJson;
import dev.steelyard.online.convex.ScalarLoss;
import dev.steelyard.online.convex.SparseLearner;
import dev.steelyard.online.convex.SupervisedLearner;
import dev.steelyard.online.convex.Vectors;
import dev.steelyard.online.convex.WeightLearner;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.JsonValues;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Makes linear models that learn by optimistic mirror descent, from JSON options. */
public final class LinearModelFactory implements LearnerFactory {

    private static final double RADIUS = 10;

    @Override
    public String name() {
        return "linear-model";
    }

    @Override
    public String description() {
        return "Predicts a number or the probability of a class by a linear model that learns from each label, under noise"
                + " and slow drift.";
    }

    @Override
    public List<Option> options() {
        List<Option> all = new ArrayList<>(List.of(
                new Option("features", "integer", false, "length of an instance; needed without bits"),
                new Option(
                        "bits",
                        "integer",
                        false,
                        "for sparse instances of named features, hashed into 2^bits weights: x is an object of names and"
                                + " numbers, and a step costs by its entries; with losses: convex or strongly_convex, on a"
                                + " ball or a box; 1 to 28, 18 is usual"),
                new Option("loss", "string", false, "squared (default), absolute, or of two classes logistic or hinge"),
                new Option("intercept", "boolean", false, "whether there is one; default true"),
                new Option("radius", "number", false, "of the ball of all weights; default 10"),
                new Option(
                        "domain",
                        "object",
                        false,
                        "of the weights, that of the intercept last, in place of a radius: " + DomainJson.SHAPE),
                new Option(
                        "steps",
                        "string",
                        false,
                        "gradient (default), or proximal: implicit steps, for absolute and hinge losses, with losses:"
                                + " convex or strongly_convex and no hint")));
        all.addAll(OptimisticFactory.own());
        return all;
    }

    @Override
    public Shapes shapes() {
        return new Shapes(
                "{\"x\": [numbers]}, or with bits {\"x\": {\"name\": number, ..}}",
                "the prediction: a number, with loss: logistic the probability of class 1",
                "the label, a number; of two classes 1, or 0 or -1 for the other");
    }

    @Override
    public JsonLearner<?, ?, ?> create(JsonNode options, long seed) {
        Options read = new Options(this, options);
        if (read.has("features") == read.has("bits")) {
            throw new IllegalArgumentException("'" + name() + "' needs one of the options 'features' and 'bits'");
        }
        FeatureHashing hashing = read.has("bits") ? new FeatureHashing(read.integer("bits", 0)) : null;
        int features = hashing == null ? read.integer("features", 0) : hashing.features();
        boolean intercept = read.flag("intercept", true);
        if (features < 1) {
            throw new IllegalArgumentException("option 'features' must be at least 1, not " + features);
        }
        if (read.has("radius") && read.has("domain")) {
            throw new IllegalArgumentException("options 'radius' and 'domain' exclude each other");
        }
        Domain domain = read.has("domain")
                ? DomainJson.read(read.node("domain"), "option 'domain' of '" + name() + "'")
                : Ball.aroundZero(features + (intercept ? 1 : 0), read.number("radius", RADIUS));
        return hashing == null
                ? learner(
                        new SupervisedLearner(loss(read), features, intercept, learner(read, domain)),
                        context -> JsonValues.vector(context, "x"))
                : learner(
                        new SparseLearner(loss(read), features, intercept, OptimisticFactory.sparse(domain, read)),
                        context -> hashing.hash(named(context)));
    }

    private static <X> JsonLearner<?, ?, ?> learner(
            OnlineLearner<X, Double, Double> learner, Function<JsonNode, X> instance) {
        return new JsonLearner<>(
                learner,
                new JsonLearner.JsonCodec<>(
                        context -> instance.apply(
                                context == null ? JsonNodeFactory.instance.nullNode() : context.path("x")),
                        JsonNodeFactory.instance::numberNode,
                        JsonNode::doubleValue,
                        LinearModelFactory::label));
    }

    private static Map<String, Double> named(JsonNode x) {
        if (!x.isObject()) {
            throw new IllegalArgumentException("x must be an object of feature names and numbers, not " + x);
        }
        Map<String, Double> named = new LinkedHashMap<>();
        x.fields().forEachRemaining(feature -> {
            if (!feature.getValue().isNumber()) {
                throw new IllegalArgumentException("x must hold numbers; feature '" + feature.getKey() + "' is "
                        + feature.getValue() + ": write a category as a name of its own, such as \"colour=red\": 1");
            }
            named.put(feature.getKey(), feature.getValue().doubleValue());
        });
        return named;
    }

    private static ScalarLoss loss(Options read) {
        String name = read.text("loss", "squared");
        for (ScalarLoss loss : ScalarLoss.values()) {
            if (loss.name().toLowerCase(Locale.ROOT).equals(name)) {
                return loss;
            }
        }
        throw new IllegalArgumentException(
                "option 'loss' must be squared, absolute, logistic or hinge, not '" + name + "'");
    }

    private static WeightLearner learner(Options read, Domain domain) {
        if (read.text("hint", "last").equals("context")) {
            throw new IllegalArgumentException("option 'hint' must be last, average or none for a linear model");
        }
        return switch (read.text("steps", "gradient")) {
            case "gradient" -> WeightLearner.byGradients(OptimisticFactory.make(domain, HintJson.read(read), read));
            case "proximal" -> {
                OptimisticFactory.refuse(
                        read, "proximal steps", "hint", "window", "map", "l1", "alpha", "h0", "horizon");
                double smoothness = Vectors.requireNotNegative("smoothness", read.number("smoothness", 0));
                StepSchedule schedule =
                        switch (read.text("losses", "convex")) {
                            case "convex" -> OptimisticFactory.convex(domain.diameter(), smoothness, read);
                            case "strongly_convex" -> OptimisticFactory.stronglyConvex(read);
                            default ->
                                throw new IllegalArgumentException(
                                        "option 'losses' must be convex or strongly_convex with steps: proximal");
                        };
                yield new ImplicitMirrorDescent(domain, schedule, ImplicitMirrorDescent.Play.PROXIMAL);
            }
            default ->
                throw new IllegalArgumentException(
                        "option 'steps' must be gradient or proximal, not '" + read.text("steps", "") + "'");
        };
    }

    private static Double label(JsonNode outcome) {
        if (!outcome.isNumber()) {
            throw new InvalidOutcomeException("the outcome is " + outcome + "; it must be the label, a number");
        }
        return outcome.doubleValue();
    }
}
