package dev.steelyard.online.onesidedfair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.LearnerFactory;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class OneSidedFairFactoryTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }

    private static JsonLearner<?, ?, ?> learner() throws Exception {
        LearnerFactory factory = ServiceLoader.load(LearnerFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals("one-sided-fair"))
                .findFirst()
                .orElseThrow();
        return factory.create(json("{\"features\": 2, \"thresholds\": [0.25, 0.5, 0.75], \"horizon\": 100}"), 3);
    }

    @Test
    void decidesAndLearnsByJson() throws Exception {
        JsonLearner<?, ?, ?> learner = learner();
        Decision<JsonNode> decision = learner.decide(json("[[0.3, 1], [0.9, 0]]"));
        JsonNode accepted = decision.action().get("accepted");
        String labels = "[" + (accepted.get(0).booleanValue() ? 1 : null) + ","
                + (accepted.get(1).booleanValue() ? 0 : null) + "]";
        learner.feedback(decision.id(), json("{\"labels\": " + labels + ", \"violation\": [1, 0]}"));
        assertThat(learner.pending()).isZero();
        assertThat(decision.action().get("probabilities")).hasSize(2);
    }

    @Test
    void badJsonIsNamed() throws Exception {
        JsonLearner<?, ?, ?> learner = learner();
        assertThatThrownBy(() -> learner.decide(json("[[0.3]]"))).hasMessageContaining("instance 0");
        assertThatThrownBy(() -> learner.decide(json("3"))).hasMessageContaining("array of instances");
        long id = learner.decide(json("[[0.3, 1]]")).id();
        assertThatThrownBy(() -> learner.feedback(id, json("{\"labels\": [\"yes\"]}")))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessageContaining("label 0");
        assertThatThrownBy(() -> learner.feedback(id, json("{\"labels\": [null], \"violation\": [0]}")))
                .isInstanceOf(InvalidOutcomeException.class);
        assertThat(learner.pending()).isEqualTo(1);
    }
}
