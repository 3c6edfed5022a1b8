package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.report.Report;
import dev.steelyard.core.run.RunFolder;
import dev.steelyard.core.study.TrialResult;
import dev.steelyard.optim.kernel.Pass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C: the signal that a terminal sends, at processes of their own. */
@EnabledOnOs(OS.LINUX)
class StopTest {

    /** A build that runs in the background of a shell hands a deaf ear on; the terminal's processes hear. */
    private static final List<String> HEARING =
            // Steps in vectors round otherwise than composed ones: the process takes those of this one.
            List.of("env", "--default-signal=INT", "JDK_JAVA_OPTIONS=" + Pass.FLAG);

    @TempDir
    Path folder;

    @Test
    void aStoppedStudyGoesOnToTheSameResult() throws Exception {
        Object[] study = {"study", "frugal", "--scale", "quick", "--threads", 1, "--out"};
        Path whole = folder.resolve("whole");
        assertThat(Steelyard.run(with(study, whole)).code()).isZero();
        Report expected = RunFolder.open(onlyRun(whole)).readReport();

        Path stopped = folder.resolve("stopped");
        Process child = Steelyard.start(Steelyard.process(HEARING, with(study, stopped)), folder);
        waitForLines(2, child, () -> onlyRun(stopped).resolve("trials.jsonl"));
        Steelyard.Outcome outcome = interrupt(child);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ErrorMessages.STOPPED);
        assertThat(outcome.err())
                .contains("steelyard study frugal --scale quick --threads 1 --out " + stopped + " --resume")
                .doesNotContain("\tat ");
        RunFolder run = RunFolder.open(onlyRun(stopped));
        assertThat(run.isFinished()).isFalse();
        int finished = run.trials().finished().size();
        Map<String, TrialResult> all = untimed(RunFolder.open(onlyRun(whole)));
        assertThat(finished).isBetween(2, all.size() - 1);

        Steelyard.Outcome resumed = Steelyard.run(with(with(study, stopped), "--resume"));
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(untimed(RunFolder.open(run.path())))
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(all);
        assertThat(run.readReport().judgements()).isEqualTo(expected.judgements());
    }

    /** All that the trials measured but how long they took. */
    private static Map<String, TrialResult> untimed(RunFolder run) {
        Map<String, TrialResult> results = new TreeMap<>();
        run.trials()
                .finished()
                .forEach((key, result) ->
                        results.put(key, new TrialResult(result.trial(), result.metrics(), result.curves(), 0)));
        return results;
    }

    @Test
    void aStoppedPretrainingLeavesACheckpointOfItsLastStep() throws Exception {
        TinyModel model = TinyModel.in(folder);
        Path metrics = model.folder().resolve("metrics.jsonl");
        Process child = Steelyard.start(
                Steelyard.process(HEARING, model.training("--steps", 1_000_000, "--checkpoint-every", 1_000_000)),
                folder);
        waitForLines(5, child, () -> metrics);
        Steelyard.Outcome outcome = interrupt(child);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ErrorMessages.STOPPED);
        assertThat(outcome.err()).contains("--resume").doesNotContain("\tat ");
        assertThat(model.checkpoint(Files.readAllLines(metrics).size())).isDirectory();
    }

    private Steelyard.Outcome interrupt(Process child) throws IOException, InterruptedException {
        new ProcessBuilder("bash", "-c", "kill -INT " + child.pid()).start().waitFor();
        return Steelyard.await(child, folder);
    }

    private static Object[] with(Object[] arguments, Object more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray();
    }

    private static Path onlyRun(Path out) throws IOException {
        Path runs = out.resolve("frugal");
        if (!Files.isDirectory(runs)) {
            return runs;
        }
        try (Stream<Path> all = Files.list(runs)) {
            return all.findFirst().orElse(runs);
        }
    }

    /** A file that may not be there yet. */
    private interface Written {
        Path file() throws IOException;
    }

    private static void waitForLines(int count, Process child, Written written)
            throws IOException, InterruptedException {
        while (child.isAlive() && lines(written.file()) < count) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readString(file).chars().filter(c -> c == '\n').count()
                : 0;
    }
}
