package dev.steelyard.online.linearmdp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.JsonValues;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;
import java.util.List;
import java.util.Locale;

/**
 * Makes learners of enumerable MDPs from JSON options: {@code {"method": "log_barrier", "episodes": 10000, "actions": 2,
 * "states": [1, 3], "transitions": [[[[0.5, 0.5, 0], [0, 0, 1]]]]}}. Without features, each pair has its own.
 */
public final class LinearMdpFactory implements LearnerFactory {

    private static final String NAME = "linear-mdp";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Takes one action in each layer of an episode and learns from the losses of the visited steps only, which may"
                + " change from episode to episode: dialogues, pricing over a visit, inventory.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("episodes", "integer", true, "K, how many episodes will come"),
                new Option(
                        "method",
                        "string",
                        false,
                        "log_barrier (default), magnitude_reduced, dilated_2021, or simulator_free, which needs no"
                                + " transitions"),
                new Option("states", "array", false, "states of each layer, the first 1; or give features"),
                new Option("actions", "integer", false, "of every state; or give features"),
                new Option(
                        "features",
                        "array",
                        false,
                        "[layer][state][action][dimension], of norm at most 1; default: one of its own for each pair"),
                new Option(
                        "restart_every",
                        "integer",
                        false,
                        "episodes after which all is forgotten, for transitions that change; default 0: never"),
                new Option(
                        "transitions",
                        "array",
                        false,
                        "[layer][state][action][next state], for all layers but the last; not for simulator_free"),
                new Option(
                        "trajectories",
                        "integer",
                        false,
                        "n, simulated for a covariance; default 0: all is computed exactly"),
                new Option("samples", "integer", false, "next pairs that a simulated bonus averages; default 1"),
                new Option(
                        "factor", "number", false, "c of the learning rate: default 3, magnitude_reduced and 2021: 1"),
                new Option("learning_rate", "number", false, "eta, above 0; default by method and episodes"),
                new Option("bonus_scale", "number", false, "beta, 0 for none; default .02 eta H^2"),
                new Option("regularisation", "number", false, "gamma, above 0; default by method"),
                new Option("regulariser", "string", false, "log_barrier, entropy or tsallis; default by method"),
                new Option(
                        "estimator",
                        "string",
                        false,
                        "plain, magnitude_reduced or implicit_exploration; default by method"),
                new Option("inverse", "string", false, "regularised or geometric_resampling; default by method"),
                new Option("bonus", "string", false, "none, undilated or dilated (default)"),
                new Option("resampling_runs", "integer", false, "of geometric_resampling; default 10"),
                new Option("resampling_terms", "integer", false, "of geometric_resampling; default 0: by gamma"),
                new Option("epoch", "integer", false, "W of simulator_free, at least 2; default 20"),
                new Option("cover_rounds", "integer", false, "M0 of simulator_free; default 10"),
                new Option("cover_episodes", "integer", false, "N0 of simulator_free; default 10"),
                new Option("exploration", "number", false, "share of exploring episodes, simulator_free; default .1"),
                new Option("known_bound", "number", false, "a0 of simulator_free; default 10"));
    }

    @Override
    public Shapes shapes() {
        return new Shapes(
                "{\"layer\": from 0, \"state\": number within the layer, from 0}; layer 0 begins an episode",
                "the action's number, from 0",
                "the step's loss in [0, 1], {\"loss\": x} or {\"reward\": x}");
    }

    @Override
    public JsonLearner<?, ?, ?> create(JsonNode options, long seed) {
        Options read = new Options(this, options);
        long every = read.longInteger("restart_every", 0);
        return new JsonLearner<>(
                every == 0 ? learner(read, seed) : new RestartedLearner(own -> learner(read, own), every, seed),
                new JsonLearner.JsonCodec<>(
                        LinearMdpFactory::state,
                        JsonNodeFactory.instance::numberNode,
                        JsonNode::intValue,
                        JsonValues::loss));
    }

    private static EpisodicLearner learner(Options read, long seed) {
        long episodes = read.longInteger("episodes", 0);
        if (episodes < 1) {
            throw wrong("episodes", "must be at least 1, not " + episodes);
        }
        double[][][][] features = read.has("features") ? nested(read.node("features"), "features") : null;
        String method = read.text("method", "log_barrier");
        if (method.equals("simulator_free")) {
            refuse(
                    read,
                    method,
                    "transitions",
                    "trajectories",
                    "samples",
                    "factor",
                    "regulariser",
                    "estimator",
                    "inverse",
                    "bonus",
                    "resampling_runs",
                    "resampling_terms");
            LayeredMdp mdp = features == null ? oneHot(read) : new FeatureTable(features);
            return new SimulatorFreeLearner(mdp, simulatorFree(read, mdp, episodes), seed);
        }
        refuse(read, method, "epoch", "cover_rounds", "cover_episodes", "exploration", "known_bound");
        double[][][][] transitions = read.has("transitions") ? nested(read.node("transitions"), "transitions") : null;
        if (transitions == null && (features == null ? read.node("states").size() : features.length) > 1) {
            throw wrong("transitions", "is needed with method: " + method + "; simulator_free does without");
        }
        double[][][][] known = transitions == null ? new double[0][][][] : transitions;
        LinearMdp mdp = features == null
                ? LinearMdp.tabular(actions(read), known, states(read))
                : new LinearMdp(features, known);
        int trajectories = read.integer("trajectories", 0);
        Knowledge knowledge =
                trajectories == 0 ? mdp.model() : new SimulatedModel(mdp, trajectories, read.integer("samples", 1));
        return new AdversarialMdpLearner(mdp, knowledge, parts(read, method, mdp, episodes), seed);
    }

    private static LinearMdpOptions parts(Options read, String method, LayeredMdp mdp, long episodes) {
        LinearMdpOptions preset =
                switch (method) {
                    case "log_barrier" -> LinearMdpOptions.logBarrier(mdp, episodes, read.number("factor", 3));
                    case "magnitude_reduced" ->
                        LinearMdpOptions.magnitudeReduced(mdp, episodes, read.number("factor", 1));
                    case "dilated_2021" -> LinearMdpOptions.dilated2021(mdp, episodes, read.number("factor", 1));
                    default ->
                        throw wrong(
                                "method",
                                "must be log_barrier, magnitude_reduced, dilated_2021 or simulator_free, not '" + method
                                        + "'");
                };
        return new LinearMdpOptions(
                read.has("regulariser") ? named(Regulariser.class, read, "regulariser") : preset.regulariser(),
                read.has("estimator") ? named(LinearMdpOptions.Estimator.class, read, "estimator") : preset.estimator(),
                read.has("inverse") ? named(LinearMdpOptions.Inverse.class, read, "inverse") : preset.inverse(),
                read.has("bonus") ? named(LinearMdpOptions.Bonus.class, read, "bonus") : preset.bonus(),
                read.number("learning_rate", preset.learningRate()),
                read.number("bonus_scale", preset.bonusScale()),
                read.number("regularisation", preset.regularisation()),
                read.integer("resampling_runs", preset.resamplingRuns()),
                read.integer("resampling_terms", preset.resamplingTerms()));
    }

    private static SimulatorFreeOptions simulatorFree(Options read, LayeredMdp mdp, long episodes) {
        SimulatorFreeOptions preset = SimulatorFreeOptions.of(mdp, episodes, read.integer("epoch", 20));
        return new SimulatorFreeOptions(
                read.integer("cover_rounds", preset.coverRounds()),
                read.integer("cover_episodes", preset.coverEpisodes()),
                preset.epoch(),
                read.number("exploration", preset.exploration()),
                read.number("known_bound", preset.knownBound()),
                read.number("learning_rate", preset.learningRate()),
                read.number("bonus_scale", preset.bonusScale()),
                read.number("regularisation", preset.regularisation()));
    }

    private static FeatureTable oneHot(Options read) {
        return FeatureTable.oneHot(actions(read), states(read));
    }

    private static int actions(Options read) {
        int actions = read.integer("actions", 0);
        if (actions < 1) {
            throw wrong("actions", "must be at least 1 where no features are given, not " + actions);
        }
        return actions;
    }

    private static int[] states(Options read) {
        double[] numbers = read.numbers("states");
        int[] states = new int[numbers.length];
        for (int h = 0; h < states.length; h++) {
            states[h] = (int) numbers[h];
            if (states[h] != numbers[h] || states[h] < 1) {
                throw wrong("states", "must hold integers of at least 1; layer " + h + " has " + numbers[h]);
            }
        }
        if (states.length == 0) {
            throw wrong("states", "must have an entry for each layer where no features are given");
        }
        return states;
    }

    private static double[][][][] nested(JsonNode json, String name) {
        double[][][][] layers = new double[size(json, name)][][][];
        for (int h = 0; h < layers.length; h++) {
            String layer = name + "[" + h + "]";
            layers[h] = new double[size(json.get(h), layer)][][];
            for (int x = 0; x < layers[h].length; x++) {
                String state = layer + "[" + x + "]";
                JsonNode actions = json.get(h).get(x);
                layers[h][x] = new double[size(actions, state)][];
                for (int a = 0; a < layers[h][x].length; a++) {
                    layers[h][x][a] = JsonValues.vector(actions.get(a), state + "[" + a + "]");
                }
            }
        }
        return layers;
    }

    private static int size(JsonNode array, String place) {
        if (!array.isArray()) {
            throw new IllegalArgumentException(place + " must be an array, not " + array);
        }
        return array.size();
    }

    private static <E extends Enum<E>> E named(Class<E> type, Options read, String option) {
        String name = read.text(option, "");
        for (E each : type.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
                return each;
            }
        }
        throw wrong(option, "has no choice '" + name + "'");
    }

    private static void refuse(Options read, String method, String... names) {
        for (String name : names) {
            if (read.has(name)) {
                throw wrong(name, "has no use with method: " + method);
            }
        }
    }

    private static IllegalArgumentException wrong(String option, String problem) {
        return new IllegalArgumentException("option '" + option + "' of '" + NAME + "' " + problem);
    }

    private static MdpState state(JsonNode context) {
        if (context == null
                || !context.path("layer").isInt()
                || !context.path("state").isInt()) {
            throw new IllegalArgumentException(
                    "the context is " + context + "; it must be {\"layer\": h, \"state\": x}, integers from 0");
        }
        return new MdpState(
                context.get("layer").intValue(), context.get("state").intValue());
    }
}
