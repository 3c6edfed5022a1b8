package dev.steelyard.online.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.steelyard.online.wire.DescribedFactory;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.JsonLearner.JsonCodec;
import dev.steelyard.online.wire.JsonValues;
import dev.steelyard.online.wire.Options;
import java.util.List;

/** Makes bandits from JSON options: {@code arms} is common to all, a subclass adds its own. */
public abstract class BanditFactory extends DescribedFactory {

    /** How a bandit's values look in JSON: no context, the arm's number, the loss. */
    public static final JsonCodec<Void, Integer, Double> CODEC = new JsonCodec<>(
            context -> null, JsonNodeFactory.instance::numberNode, JsonNode::intValue, JsonValues::loss);

    protected BanditFactory(String name, String description, Option... own) {
        super(
                name,
                description,
                new Option("arms", "integer", true, "how many arms there are, at least 1"),
                List.of(own));
    }

    /** Makes the bandit. */
    protected abstract BanditLearner bandit(int arms, Options options, long seed);

    @Override
    public final Shapes shapes() {
        return new Shapes("", "the arm's number, from 0", "the loss in [0, 1], {\"loss\": x} or {\"reward\": x}");
    }

    @Override
    public final JsonLearner<?, ?, ?> create(JsonNode options, long seed) {
        Options read = new Options(this, options);
        return new JsonLearner<>(bandit(read.integer("arms", 0), read, seed), CODEC);
    }
}
