package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @TempDir
    Path folder;

    @Test
    void methodsListsAllWithTheirStates() {
        assertThat(Steelyard.run("methods").out())
                .contains("53 methods, 4 studied")
                .containsPattern("frugal +studied")
                .containsPattern("krank +studied");
    }

    @Test
    void methodsAsJsonOfOneDomain() {
        assertThat(Steelyard.run("methods", "--domain", "optim", "--json").out())
                .contains("\"slug\" : \"lion-k\"")
                .doesNotContain("krank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"frugal", "adamp", "lion-k", "krank"})
    void aQuickStudyRunsToItsReport(String slug) throws IOException {
        Steelyard.Outcome studied = Steelyard.run("study", slug, "--scale", "quick", "--out", folder);
        assertThat(studied.code()).as(studied.err()).isZero();
        assertThat(studied.out()).contains("Claims").contains("report.html");
        Path run;
        try (var runs = Files.list(folder.resolve(slug))) {
            run = runs.findFirst().orElseThrow();
        }
        assertThat(run.resolve("report.html")).exists();
        assertThat(run.resolve("report.md")).exists();
        assertThat(Steelyard.run("report", run, "--json").code()).isZero();
    }

    @Test
    void aModelIsTrainedResumedAndWrites() throws IOException {
        TinyModel model = TinyModel.in(folder);
        Object[] train = model.training("--optimizer", "frugal", "--warm-up", 0.5, "--weight-decay", 0.1);
        Steelyard.Outcome trained = Steelyard.run(train);
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(model.folder().resolve("config.json")).exists();
        byte[] weights = Files.readAllBytes(model.folder().resolve("model.safetensors"));

        Steelyard.Outcome again = Steelyard.run(train);
        assertThat(again.code()).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(again.err()).contains("holds a model already");

        model.stoppedHalfway();
        Steelyard.Outcome resumed = Steelyard.run(
                Stream.concat(Stream.of(train), Stream.of("--resume", "--json")).toArray());
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("\"heldOutPerplexity\"");
        assertThat(model.folder().resolve("model.safetensors")).hasBinaryContent(weights);

        Steelyard.Outcome written =
                Steelyard.run("generate", model.folder(), "the small", "--tokens", 5, "--temperature", 0);
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.out()).contains("the small");
    }

    @Test
    void theScheduleOptionsReachTheTraining() throws IOException {
        TinyModel plain = TinyModel.in(folder).trained();
        for (Object[] option : new Object[][] {
            {"--warm-up", 1}, {"--final-factor", 1}, {"--weight-decay", 0.5}, {"--clip", 0.01}, {"--accumulation", 2}
        }) {
            TinyModel other = new TinyModel(plain.text(), folder.resolve("with" + option[0]));
            assertThat(Steelyard.run(other.training(option)).code()).isZero();
            assertThat(other.folder().resolve("model.safetensors"))
                    .as(option[0].toString())
                    .satisfies(file -> assertThat(
                                    Files.mismatch(file, plain.folder().resolve("model.safetensors")))
                            .isNotNegative());
        }
    }

    @Test
    void badInputGetsOneMessageAndCodeTwo() {
        assertBad("no method is called", "study", "frugl");
        assertBad("has no study yet", "study", "taps", "--out", folder);
        assertBad("nothing to resume", "study", "frugal", "--resume", "--out", folder);
        assertBad("is no run", "report", folder);
        assertBad("threads must be at least 1", "study", "frugal", "--threads", 0);
        assertBad("one of the two", "pretrain", "--out", folder.resolve("m"));
    }

    private void assertBad(String message, Object... arguments) {
        Steelyard.Outcome outcome = Steelyard.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(outcome.err()).contains(message).doesNotContain("\tat ");
    }
}
