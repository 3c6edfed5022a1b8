package dev.steelyard.online.groupwiseregret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.online.Decision;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RoundLogTest {

    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

    private static GroupwiseLearner<Double, Double> learner(PredictionMode mode) {
        return new GroupwiseLearner<>(3, group -> new OnlineRidge(1, 1), GroupTask.squaredLoss(0, 1), mode, 3);
    }

    /** The probability of what was played is that of the groups that would have played it. */
    @Test
    void aRoundIsTwoLines() throws IOException {
        StringWriter text = new StringWriter();
        GroupwiseLearner<Double, Double> learner = learner(PredictionMode.RANDOMISED);
        learner.feedback(
                learner.decide(new GroupedInstance(new double[] {1}, 2)).id(), .5);
        try (RoundLog log = new RoundLog(text, "v2", InstantSource.fixed(NOON))) {
            Decision<Double> decision = learner.decide(new GroupedInstance(new double[] {1}, 0, 2));
            log.predicted(learner, decision);
            JsonNode line = new JsonMapper().readTree(text.toString());
            assertThat(line.path("round").asLong()).isEqualTo(decision.id());
            assertThat(line.path("time").asText()).isEqualTo("2024-05-01T12:00:00Z");
            assertThat(line.path("groups").toString()).isEqualTo("[0,2]");
            assertThat(line.path("z").toString()).isEqualTo("[0.0,0.25]");
            int drawn = line.path("drawn").asInt() == 0 ? 0 : 1;
            assertThat(line.path("drawn").asInt()).isIn(0, 2);
            assertThat(line.path("prediction")).isEqualTo(line.path("z").path(drawn));
            assertThat(line.path("propensity")).isEqualTo(line.path("p").path(drawn));
            assertThat(line.path("model").asText()).isEqualTo("v2");
            log.labelled(decision.id(), .5, .25);
        }
        assertThat(text.toString().lines().skip(1))
                .containsExactly("{\"round\":1,\"y\":0.5,\"loss\":0.25,\"arrival\":\"2024-05-01T12:00:00Z\"}");
    }

    @Test
    void anAverageHasNoDrawnGroup() throws IOException {
        StringWriter text = new StringWriter();
        GroupwiseLearner<Double, Double> learner = learner(PredictionMode.AVERAGE);
        try (RoundLog log = new RoundLog(text, "", InstantSource.fixed(NOON))) {
            log.predicted(learner, learner.decide(new GroupedInstance(new double[] {1}, 1)));
            log.predicted(learner, learner.decide(new GroupedInstance(new double[] {1})));
        }
        assertThat(text.toString().lines().toList().get(0)).contains("\"groups\":[1],\"p\":[1.0]", "\"drawn\":null");
        assertThat(text.toString().lines().toList().get(1)).contains("\"groups\":[],\"p\":[],\"z\":[]");
    }
}
