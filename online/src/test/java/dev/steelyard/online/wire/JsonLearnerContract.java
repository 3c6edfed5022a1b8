package dev.steelyard.online.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.OnlineLearnerContract;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The contract of learners, for a learner that is made by name and driven by JSON. */
public abstract class JsonLearnerContract extends OnlineLearnerContract<JsonNode, JsonNode, JsonNode> {

    private static final JsonMapper JSON = new JsonMapper();

    private final String factory;
    private final String options;

    /**
     * @param factory its name
     * @param options as JSON with apostrophes for quotation marks
     */
    protected JsonLearnerContract(String factory, String options) {
        this.factory = factory;
        this.options = options;
    }

    /** A learner made by name. */
    public static JsonLearner<?, ?, ?> made(String factory, String options) {
        return named(factory).create(json(options), 1);
    }

    /** JSON with apostrophes for quotation marks. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static LearnerFactory named(String name) {
        return ServiceLoader.load(LearnerFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    protected OnlineLearner<JsonNode, JsonNode, JsonNode> learner(long seed) {
        return named(factory).create(json(options), seed);
    }

    @Override
    protected JsonNode context(int round) {
        return JsonNodeFactory.instance.missingNode();
    }

    @Override
    protected JsonNode invalidOutcome() {
        return json("'much'");
    }

    @Test
    void itSaysWhatItTakes() {
        LearnerFactory described = named(factory);
        assertThat(described.description()).isNotBlank();
        assertThat(described.shapes().action()).isNotBlank();
        assertThat(described.options()).extracting(LearnerFactory.Option::name).doesNotHaveDuplicates();
        json(options).fieldNames().forEachRemaining(name -> assertThat(described.options())
                .extracting(LearnerFactory.Option::name)
                .contains(name));
        assertThatThrownBy(() -> described.create(((ObjectNode) json(options)).put("nonsense", 1), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense");
    }

    /** What a log holds of a decision is all that its reader needs. */
    @Test
    void actionsSurviveJson() {
        Decision<JsonNode> decision = learner(4).decide(context(0));
        assertThat(json(decision.action().toString())).isEqualTo(decision.action());
    }
}
