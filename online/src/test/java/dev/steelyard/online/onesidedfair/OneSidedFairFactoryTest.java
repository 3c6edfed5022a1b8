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
        return learner("{\"features\": 2, \"thresholds\": [0.25, 0.5, 0.75], \"horizon\": 100}");
    }

    private static JsonLearner<?, ?, ?> learner(String options) throws Exception {
        LearnerFactory factory = ServiceLoader.load(LearnerFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals("one-sided-fair"))
                .findFirst()
                .orElseThrow();
        return factory.create(json(options), 3);
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
        assertThat(decision.action().get("drawn")).hasSize(2);
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

    /** Two of three must object to the same pair. */
    @Test
    void objectionsOfThePanelAreCounted() throws Exception {
        String options = "{\"features\": 2, \"thresholds\": [0.5], \"horizon\": 100, \"penalty\": 2, \"auditors\": 3,"
                + " \"gamma\": 0.6}";
        String[] objections = {"[[0, 1, 0], [1, 0, 1]]", "[[0, 1, 0], [0, 1, 0]]", "[[0, 1, 0], [1, 0, 1], [0, 1, 2]]"};
        for (int i = 0; i < 3; i++) {
            JsonLearner<?, ?, ?> learner = learner(options);
            double before = probability(learner);
            long id = learner.decide(json("[[0.9, 0], [0.1, 0]]")).id();
            learner.feedback(id, json("{\"labels\": [null, null], \"objections\": " + objections[i] + "}"));
            assertThat(probability(learner) < before).isEqualTo(i == 2);
        }
        JsonLearner<?, ?, ?> learner = learner(options);
        long id = learner.decide(json("[[0.9, 0], [0.1, 0]]")).id();
        assertThatThrownBy(() -> learner.feedback(id, json("{\"labels\": [null, null], \"objections\": [[0, 1, 3]]}")))
                .isInstanceOf(InvalidOutcomeException.class)
                .hasMessageContaining("3 auditors");
        assertThatThrownBy(() -> learner.feedback(
                        id, json("{\"labels\": [null, null], \"objections\": [], \"violation\": [0, 1]}")))
                .hasMessageContaining("give one");
        assertThat(learner.pending()).isEqualTo(1);
    }

    /** The difference between the probabilities of two applicants. */
    private static double probability(JsonLearner<?, ?, ?> learner) throws Exception {
        Decision<JsonNode> decision = learner.decide(json("[[0.9, 0], [0.1, 0]]"));
        learner.expire(decision.id());
        JsonNode probabilities = decision.action().get("probabilities");
        return probabilities.get(0).doubleValue() - probabilities.get(1).doubleValue();
    }

    @Test
    void everyEngineAndChoiceIsMadeByName() throws Exception {
        for (String more : new String[] {
            "\"engine\": \"ftpl\"",
            "\"zero_cost\": \"semi_bandit\"",
            "\"penalty_form\": \"copies\", \"penalty\": 3",
            "\"drawing\": \"per_instance\", \"discount_delays\": true, \"memory\": 0.9"
        }) {
            JsonLearner<?, ?, ?> learner =
                    learner("{\"features\": 2, \"thresholds\": [0.25, 0.5], \"horizon\": 50, " + more + "}");
            for (int round = 0; round < 5; round++) {
                Decision<JsonNode> decision = learner.decide(json("[[0.3, 1], [0.9, 0]]"));
                StringBuilder labels = new StringBuilder();
                for (JsonNode accepted : decision.action().get("accepted")) {
                    labels.append(labels.isEmpty() ? "" : ",").append(accepted.booleanValue() ? "1" : "null");
                }
                learner.feedback(decision.id(), json("{\"labels\": [" + labels + "], \"violation\": [1, 0]}"));
            }
        }
        for (String bad : new String[] {"engine", "zero_cost", "drawing"}) {
            assertThatThrownBy(() -> learner("{\"features\": 1, \"thresholds\": [0.5], \"" + bad + "\": \"other\"}"))
                    .hasMessageContaining(bad);
        }
    }
}
