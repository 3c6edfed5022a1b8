package dev.steelyard.online.streamingmab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.online.wire.Options;
import java.util.List;

/** Makes streaming bandits from JSON options. */
public final class StreamingFactory implements LearnerFactory {

    @Override
    public String name() {
        return "streaming-mab";
    }

    @Override
    public String description() {
        return "Tries candidates that arrive one by one, keeps a few, and settles on one: for far more candidates than"
                + " can be kept.";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("arms", "integer", true, "upper bound of how many arms will come"),
                new Option("horizon", "integer", true, "pulls in all"),
                new Option(
                        "strategy",
                        "string",
                        false,
                        "uniform, naive, single_memory, log, loglog (default), logstar, logstar_theory, game_of_arms or"
                                + " random"),
                new Option("accuracy", "number", false, "eps; default (arms/horizon)^(1/3)"),
                new Option("factor", "number", false, "c of all batches; default 1"),
                new Option("delta", "number", false, "of single_memory and logstar_theory; default 0.1"),
                new Option("margin", "number", false, "of single_memory, in units of eps; default 0.25"),
                new Option("mixing", "number", false, "share of pulls drawn among the stored arms; default 0"),
                new Option("extend", "boolean", false, "whether more arms than declared may come; default false"));
    }

    @Override
    public Shapes shapes() {
        return new Shapes(
                "the id of an arm that waits to be tried, as a text, or null; it waits on if the action is another arm",
                "the id of the arm to pull",
                "the reward in [0, 1], {\"reward\": x} or {\"loss\": x}");
    }

    @Override
    public JsonLearner<?, ?, ?> create(JsonNode options, long seed) {
        Options read = new Options(this, options);
        StreamScale byTheory = StreamScale.of(read.longInteger("arms", 0), read.longInteger("horizon", 0));
        StreamScale scale = new StreamScale(
                byTheory.arms(),
                byTheory.horizon(),
                read.number("accuracy", byTheory.accuracy()),
                read.number("factor", 1));
        StreamingOptions streaming = new StreamingOptions(read.number("mixing", 0), read.flag("extend", false));
        return new JsonLearner<>(
                new StreamingBandit(scale, exploration(read, scale, seed), streaming, seed + 1),
                new JsonLearner.JsonCodec<>(
                        StreamingFactory::arm,
                        JsonNodeFactory.instance::textNode,
                        JsonNode::textValue,
                        StreamingFactory::reward));
    }

    private static Exploration exploration(Options read, StreamScale scale, long seed) {
        String strategy = read.text("strategy", "loglog");
        double delta = read.number("delta", .1);
        return switch (strategy) {
            case "uniform" -> KeepBest.uniform(scale);
            case "naive" -> KeepBest.naive(scale);
            case "single_memory" -> new SingleMemory(scale, delta, read.number("margin", .25));
            case "log" -> Tower.log(scale);
            case "loglog" -> Tower.logLog(scale);
            case "logstar" -> Tower.logStar(scale);
            case "logstar_theory" -> Tower.theory(scale, delta);
            case "random" -> new RandomArm(seed);
            case "game_of_arms" -> new GameOfArms(scale, true, seed);
            default ->
                throw new IllegalArgumentException("option 'strategy' of 'streaming-mab' is '" + strategy
                        + "'; there are uniform, naive, single_memory, log, loglog, logstar, logstar_theory,"
                        + " game_of_arms and random");
        };
    }

    private static String arm(JsonNode context) {
        if (context.isMissingNode() || context.isNull()) {
            return null;
        }
        if (!context.isTextual() || context.textValue().isEmpty()) {
            throw new IllegalArgumentException("the context must be an arm's id as a text, or null, not " + context);
        }
        return context.textValue();
    }

    private static double reward(JsonNode outcome) {
        JsonNode value = outcome;
        if (outcome.isObject() && outcome.size() == 1) {
            if (outcome.path("loss").isNumber()) {
                return 1 - outcome.get("loss").doubleValue();
            }
            value = outcome.path("reward");
        }
        if (!value.isNumber()) {
            throw new InvalidOutcomeException(
                    "the outcome is " + outcome + "; it must be a reward in [0, 1], {\"reward\": x} or {\"loss\": x}");
        }
        return value.doubleValue();
    }
}
