package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BanditCommandTest {

    @TempDir
    Path folder;

    private Path write(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static void assertRefused(Steelyard.Outcome outcome, Object... told) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(outcome.err()).doesNotContain("\tat ", "Exception");
        for (Object part : told) {
            assertThat(outcome.err()).contains(part.toString());
        }
    }

    /** Drill is bad at first and good when repeated, quiz the same always. */
    private Path plays() throws IOException {
        List<String> lines = new ArrayList<>(List.of("user,action,loss"));
        for (int user = 0; user < 20; user++) {
            String jitter = user % 2 == 0 ? "0" : "5";
            lines.add(user + ",drill,0.9" + jitter);
            lines.add(user + ",drill,0.5" + jitter);
            lines.add(user + ",drill,0.1" + jitter);
            for (int i = 0; i < 3; i++) {
                lines.add(user + ",quiz,0.4" + jitter);
            }
        }
        return write("plays.csv", lines.toArray(String[]::new));
    }

    @Test
    void exposureShowsCurvesAndTheBestAtFullExposure() throws IOException {
        Steelyard.Outcome outcome = Steelyard.run("bandit", "exposure", plays(), "--memory", 3);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .containsPattern("drill +1 +20 +0\\.925 +0\\.913 to 0\\.937")
                .containsPattern("drill +3 +20 +0\\.125")
                .contains("drill: the loss falls from first to full exposure, by 0.800")
                .contains("quiz: the loss may fall or rise")
                .contains("Best at full exposure, memory 3: drill, loss 0.125.");
        // With a memory of one play there is no exposure, and the mean decides.
        assertThat(Steelyard.run("bandit", "exposure", plays(), "--memory", 1).out())
                .contains("memory 1: quiz, loss 0.425.")
                .doesNotContain("the loss falls");
    }

    @Test
    void exposureInJson() throws IOException {
        Steelyard.Outcome outcome = Steelyard.run("bandit", "exposure", plays(), "--memory", 3, "--json");
        JsonNode json = new JsonMapper().readTree(outcome.out());
        assertThat(json.get("best").asText()).isEqualTo("drill");
        assertThat(json.get("clear").asBoolean()).isTrue();
        assertThat(json.get("users").asInt()).isEqualTo(20);
        JsonNode drill = json.get("actions").get(0);
        assertThat(drill.get("curve")).hasSize(3);
        assertThat(drill.get("change").asDouble()).isCloseTo(-0.8, within(1e-12));
        // Each half-width is t(19, .975) 0.0256506 / sqrt(20) = 2.0930240 x 0.0057356 = 0.0120047; together 0.0169772.
        assertThat(drill.get("upper").asDouble()).isCloseTo(-0.8 + 0.0169772, within(1e-6));
    }

    @Test
    void exposureThatWasNeverFullIsSaid() throws IOException {
        Path plays = write("plays.jsonl", "{\"action\": 1, \"loss\": 0.5}", "{\"action\": 2, \"loss\": 0.25}");
        Steelyard.Outcome outcome = Steelyard.run("bandit", "exposure", plays);
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .containsPattern("1 +1 +1 +0\\.500 +0\\.000 to 1\\.000")
                .contains("No action was played 10 times among 10 plays");
        JsonNode json = new JsonMapper()
                .readTree(Steelyard.run("bandit", "exposure", plays, "--json").out());
        assertThat(json.get("best").isNull()).isTrue();
    }

    @Test
    void badPlaysAreToldByFileAndRow() throws IOException {
        Path high = write("high.csv", "action,loss", "a,0.5", "a,7");
        assertRefused(Steelyard.run("bandit", "exposure", high), high + ", row 2", "the loss is 7.0", "scale it");
        assertRefused(Steelyard.run("bandit", "exposure", write("no.csv", "action,cost", "a,1")), "no column 'loss'");
        assertRefused(Steelyard.run("bandit", "exposure", write("empty.csv", "action,loss")), "empty.csv has no row");
        assertRefused(Steelyard.run("bandit", "exposure", plays(), "--memory", 0), "--memory must be between 1 and");
        assertRefused(Steelyard.run("bandit", "exposure", folder.resolve("none.csv")), "there is no file");
        assertRefused(Steelyard.run("bandit", "exposure"));
    }

    /** Rewards of five arms without noise, 200 each; the third is the best. */
    private Path rewards() throws IOException {
        List<String> lines = new ArrayList<>(List.of("arm,reward"));
        for (int i = 0; i < 200; i++) {
            for (String arm : List.of("a,0.3", "b,0.6", "c,0.9", "d,0.2", "e,0.7")) {
                lines.add(arm);
            }
        }
        return write("rewards.csv", lines.toArray(String[]::new));
    }

    @Test
    void strategiesKeepTheBestArmOfALog() throws IOException {
        Steelyard.Outcome outcome = Steelyard.run(
                "bandit",
                "stream",
                rewards(),
                "--strategy",
                "uniform,loglog,single_memory",
                "--accuracy",
                0.3,
                "--json");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        JsonNode json = new JsonMapper().readTree(outcome.out());
        assertThat(json.get("arms").asInt()).isEqualTo(5);
        assertThat(json.get("rewards").asInt()).isEqualTo(1000);
        assertThat(json.get("best").get("name").asText()).isEqualTo("c");
        assertThat(json.get("strategies")).hasSize(3).allSatisfy(row -> {
            assertThat(row.get("kept").asText()).isEqualTo("c");
            assertThat(row.get("pulls").asLong()).isBetween(5L, 1000L);
            assertThat(row.get("stored").asInt()).isBetween(2, 4);
        });
        assertThat(Steelyard.run("bandit", "stream", rewards()).out())
                .containsPattern("loglog +c +0\\.9000")
                .contains("5 arms, 1000 rewards", "has c: 0.9000 of 200");
    }

    @Test
    void badRewardsAreToldByFileAndRow() throws IOException {
        Path high = write("high.csv", "arm,reward", "a,2");
        assertRefused(Steelyard.run("bandit", "stream", high), high + ", row 1", "the reward is 2.0");
        assertRefused(
                Steelyard.run("bandit", "stream", rewards(), "--strategy", "best"),
                "'best'",
                "there are uniform, naive");
        assertRefused(
                Steelyard.run("bandit", "stream", rewards(), "--horizon", 1_000_000),
                "loglog cannot be tried on",
                "has 200 rewards left",
                "coarser accuracy or a shorter horizon");
        assertRefused(Steelyard.run("bandit", "stream", rewards(), "--horizon", 2), "horizon must be at least");
        assertRefused(Steelyard.run("bandit", "stream", rewards(), "--accuracy", 0), "accuracy must be positive");
    }

    @Test
    void banditAloneShowsItsCommands() {
        Steelyard.Outcome outcome = Steelyard.run("bandit");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("exposure", "stream", "steelyard bandit exposure plays.csv");
    }
}
