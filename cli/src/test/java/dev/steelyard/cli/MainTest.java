package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steelyard.core.paper.Method;
import dev.steelyard.core.report.Provenance;
import dev.steelyard.core.run.RunFolder;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MainTest {

    /** Studies whose quick scale takes no time. */
    private static final String SHORT = "streaming-mab";

    private static final String OTHER = "fair-subset";

    @TempDir
    Path folder;

    @Test
    void methodsListsAllWithTheirStates() {
        assertThat(Steelyard.run("methods").out())
                .contains("53 methods, " + studies().count() + " studied")
                .containsPattern("frugal +studied")
                .containsPattern("simpo +planned");
    }

    @Test
    void methodsAsJsonOfOneDomain() {
        assertThat(Steelyard.run("methods", "--domain", "optim", "--json").out())
                .contains("\"slug\" : \"lion-k\"")
                .doesNotContain("krank");
    }

    static Stream<String> studies() {
        return ServiceLoader.load(Method.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(Study.class::isInstance)
                .map(Method::slug);
    }

    @ParameterizedTest
    @MethodSource("studies")
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
        Steelyard.Outcome report = Steelyard.run("report", run, "--json");
        assertThat(report.code()).isZero();
        assertThat(json(report.out()).path("paper").path("slug").asText()).isEqualTo(slug);
    }

    /** One value and nothing more. */
    private static JsonNode json(String out) throws IOException {
        return new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(out);
    }

    @Test
    void scriptsReadOneJsonValue() throws IOException {
        assertThat(json(Steelyard.run("methods", "--json").out())).hasSize(53);
        assertThat(json(Steelyard.run("doctor", "--json").out()).isObject()).isTrue();
        JsonNode studies =
                json(Steelyard.run("study", SHORT, SHORT, "--scale", "quick", "--seeds", 2, "--json", "--out", folder)
                        .out());
        assertThat(studies).hasSize(2);
        assertThat(studies.path(0).path("verdicts")).isNotEmpty();
        assertThat(studies.path(0).path("folder")).isNotEqualTo(studies.path(1).path("folder"));
    }

    @Test
    void theSameCommandWithResumeGoesOnWithAllStudies() throws IOException {
        Path out = folder.resolve("a b");
        assertThat(Steelyard.run("study", SHORT, "--scale", "quick", "--out", out)
                        .code())
                .isZero();
        Path stopped = RunFolder.create(out, OTHER, LabOptions.at(Scale.QUICK), Provenance.current())
                .path();
        Steelyard.Outcome unfinished = Steelyard.run("report", stopped);
        assertThat(unfinished.code()).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(unfinished.err()).contains("steelyard study " + OTHER + " --resume --out '" + out + "'");
        Object[] again = {"study", SHORT, OTHER, "--scale", "quick", "--resume", "--out", out};
        Steelyard.Outcome resumed = Steelyard.run(again);
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("'" + SHORT + "' is finished");
        assertThat(stopped.resolve("report.html")).exists();
        assertThat(Files.list(out.resolve(SHORT))).hasSize(1);
    }

    @Test
    void aPlaceThatCannotBeWrittenToIsToldWithTheReason() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertBad("cannot make a run folder in " + file + " (", "study", SHORT, "--scale", "quick", "--out", file);
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
        assertBad("has no study yet", "study", "simpo", "--out", folder);
        assertBad("nothing to resume", "study", "frugal", "--resume", "--out", folder);
        assertBad("is no run", "report", folder);
        assertBad("--seeds must be at least 1, was 0", "study", "frugal", "--seeds", 0);
        assertBad("threads must be at least 1", "study", "frugal", "--threads", 0);
        assertBad("one of the two", "pretrain", "--out", folder.resolve("m"));
    }

    private void assertBad(String message, Object... arguments) {
        Steelyard.Outcome outcome = Steelyard.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(outcome.err()).contains(message).doesNotContain("\tat ");
    }
}
