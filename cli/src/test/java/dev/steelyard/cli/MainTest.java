package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        String[] words =
                java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        return commandLine.execute(words);
    }

    @Test
    void methodsListsAllWithTheirStates() {
        assertThat(run("methods")).isZero();
        assertThat(out.toString())
                .contains("53 methods, 3 studied")
                .containsPattern("frugal +studied")
                .containsPattern("krank +planned");
    }

    @Test
    void methodsAsJsonOfOneDomain() {
        assertThat(run("methods", "--domain", "optim", "--json")).isZero();
        assertThat(out.toString()).contains("\"slug\" : \"lion-k\"").doesNotContain("krank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"frugal", "adamp", "lion-k"})
    void aQuickStudyRunsToItsReport(String slug) throws IOException {
        assertThat(run("study", slug, "--scale", "quick", "--out", folder))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("Claims").contains("report.html");
        Path run;
        try (var runs = Files.list(folder.resolve(slug))) {
            run = runs.findFirst().orElseThrow();
        }
        assertThat(run.resolve("report.html")).exists();
        assertThat(run.resolve("report.md")).exists();
        assertThat(run("report", run, "--json")).isZero();
    }

    @Test
    void aModelIsTrainedResumedAndWrites() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            text.append("the ")
                    .append(i)
                    .append(" small wheel turns the ")
                    .append(i % 5)
                    .append(" large wheel\n\n");
        }
        Path file = Files.writeString(folder.resolve("text.txt"), text);
        Path model = folder.resolve("model");
        Object[] train = {
            "pretrain",
            file,
            "--out",
            model,
            "--steps",
            6,
            "--batch",
            2,
            "--length",
            16,
            "--width",
            16,
            "--layers",
            1,
            "--heads",
            2,
            "--vocabulary",
            280,
            "--optimizer",
            "frugal",
            "--checkpoint-every",
            3,
            "--threads",
            1
        };
        assertThat(run(train)).as(err.toString()).isZero();
        assertThat(model.resolve("config.json")).exists();
        assertThat(model.resolve("model.safetensors")).exists();
        assertThat(run(train)).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(err.toString()).contains("holds a model already");
        assertThat(run("generate", model, "the small", "--tokens", 5, "--temperature", 0))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("the small");
    }

    @Test
    void badInputGetsOneMessageAndCodeTwo() throws IOException {
        assertBad("no method is called", "study", "frugl");
        assertBad("has no study yet", "study", "krank", "--out", folder);
        assertBad("nothing to resume", "study", "frugal", "--resume", "--out", folder);
        assertBad("is no run", "report", folder);
        assertBad("threads must be at least 1", "study", "frugal", "--threads", 0);
        assertBad("one of the two", "pretrain", "--out", folder.resolve("m"));
        assertBad("steps must be at least 1", "pretrain", "--wordnet", "--out", folder.resolve("m"), "--steps", 0);
        assertBad("config.json", "generate", folder, "x");
        Path empty = Files.createFile(folder.resolve("empty.txt"));
        assertBad("empty.txt", "pretrain", empty, "--out", folder.resolve("m"));
        assertBad("missing.txt", "pretrain", folder.resolve("missing.txt"), "--out", folder.resolve("m"));
    }

    private void assertBad(String message, Object... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).as(err.toString()).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
    }
}
