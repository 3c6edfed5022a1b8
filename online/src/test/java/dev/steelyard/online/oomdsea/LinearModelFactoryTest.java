package dev.steelyard.online.oomdsea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.online.convex.SupervisedLearner;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.JsonLearnerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LinearModelFactoryTest {

    abstract static class Contract extends JsonLearnerContract {
        Contract(String options) {
            super("linear-model", options);
        }

        @Override
        protected JsonNode context(int round) {
            return json("{'x': [" + Math.sin(round) + ", 0.5]}");
        }

        @Override
        protected JsonNode outcome(int round, JsonNode action) {
            return json(round % 3 == 0 ? "1" : "0");
        }
    }

    @Nested
    class Squared extends Contract {
        Squared() {
            super("{'features': 2}");
        }
    }

    @Nested
    class LogisticByNewtonSteps extends Contract {
        LogisticByNewtonSteps() {
            super("{'features': 2, 'loss': 'logistic', 'losses': 'exp_concave', 'gradient_bound': 2, 'alpha': 0.1}");
        }
    }

    @Nested
    class HingeByProximalSteps extends Contract {
        HingeByProximalSteps() {
            super("{'features': 2, 'intercept': false, 'loss': 'hinge', 'steps': 'proximal', 'radius': 3}");
        }
    }

    @Nested
    class SparseInABox extends Contract {
        SparseInABox() {
            super("{'features': 2, 'l1': 0.1, 'domain': {'type': 'box', 'lower': [-1, -1, -1], 'upper': [1, 1, 1]}}");
        }
    }

    @Nested
    class HashedNames extends Contract {
        HashedNames() {
            super("{'bits': 6, 'loss': 'logistic', 'radius': 2}");
        }

        @Override
        protected JsonNode context(int round) {
            return json("{'x': {'day=" + round % 7 + "': 1, 'heat': 0.5}}");
        }
    }

    @Test
    void itPredictsAndLearns() {
        JsonLearner<?, ?, ?> learner = JsonLearnerContract.made("linear-model", "{'features': 1, 'intercept': false}");
        for (int n = 0; n < 300; n++) {
            learner.feedback(
                    learner.decide(JsonLearnerContract.json("{'x': [1]}")).id(), JsonLearnerContract.json("3"));
        }
        assertThat(learner.decide(JsonLearnerContract.json("{'x': [2]}"))
                        .action()
                        .doubleValue())
                .isBetween(5.9, 6.1);
        assertThat(((SupervisedLearner) (Object) learner.learner()).examples()).isEqualTo(300);
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> JsonLearnerContract.made("linear-model", "{'features': 0}"))
                .hasMessageContaining("'features'");
        assertThatThrownBy(() -> JsonLearnerContract.made("linear-model", "{'features': 1, 'loss': 'cubic'}"))
                .hasMessageContaining("'loss'");
        assertThatThrownBy(
                        () -> JsonLearnerContract.made("linear-model", "{'features': 1, 'steps': 'proximal', 'l1': 1}"))
                .hasMessageContaining("'l1' has no use with proximal steps");
        assertThatThrownBy(() -> JsonLearnerContract.made("linear-model", "{'features': 1, 'hint': 'context'}"))
                .hasMessageContaining("'hint'");
        assertThatThrownBy(() -> JsonLearnerContract.made(
                        "linear-model", "{'features': 1, 'domain': {'type': 'l1', 'dimension': 1}}"))
                .hasMessageContaining("dimension 2");
        assertThatThrownBy(() -> JsonLearnerContract.made("linear-model", "{}"))
                .hasMessageContaining("'features' and 'bits'");
        assertThatThrownBy(() -> JsonLearnerContract.made("linear-model", "{'features': 1, 'bits': 6}"))
                .hasMessageContaining("'features' and 'bits'");
        assertThatThrownBy(() -> JsonLearnerContract.made("linear-model", "{'bits': 6, 'losses': 'dynamic'}"))
                .hasMessageContaining("with bits");
        JsonLearner<?, ?, ?> hashed = JsonLearnerContract.made("linear-model", "{'bits': 6}");
        assertThatThrownBy(() -> hashed.decide(JsonLearnerContract.json("{'x': {'colour': 'red'}}")))
                .hasMessageContaining("feature 'colour'");
        JsonLearner<?, ?, ?> learner = JsonLearnerContract.made("linear-model", "{'features': 1}");
        assertThatThrownBy(() -> learner.decide(JsonLearnerContract.json("[1]")))
                .hasMessageContaining("x must be an array");
    }
}
