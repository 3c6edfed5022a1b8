package dev.steelyard.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.core.report.Provenance;
import dev.steelyard.core.report.Report;
import dev.steelyard.core.study.Curve;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.Progress;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResult;
import dev.steelyard.core.study.TrialStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    private static final LabOptions OPTIONS = LabOptions.at(Scale.QUICK);

    @TempDir
    Path runs;

    private static TrialResult result(int seed) {
        return new TrialResult(
                new Trial("part", "method", "lr=1", seed),
                Map.of("loss", 0.5, "nan", Double.NaN, "inf", Double.NEGATIVE_INFINITY),
                Map.of("curve", new Curve(new double[] {1, 2}, new double[] {Double.NaN, 4})),
                1.5);
    }

    private RunFolder folder() {
        return RunFolder.create(runs, "frugal", OPTIONS, Provenance.current());
    }

    @Test
    void aLineCutOffAtAnyByteIsTakenAway() throws IOException {
        RunFolder folder = folder();
        folder.trials().append(result(0));
        Path file = folder.path().resolve("trials.jsonl");
        byte[] one = Files.readAllBytes(file);
        folder.trials().append(result(1));
        byte[] two = Files.readAllBytes(file);
        for (int kept = one.length; kept < two.length; kept++) {
            Files.write(file, Arrays.copyOf(two, kept));
            assertThat(folder.trials().finished())
                    .containsOnlyKeys(result(0).trial().key());
            assertThat(Files.readAllBytes(file)).isEqualTo(one);
        }
        folder.trials().append(result(1));
        assertThat(Files.readAllBytes(file)).isEqualTo(two);
    }

    @Test
    void numbersThatJsonLacksSurvive() {
        RunFolder folder = folder();
        folder.trials().append(result(0));
        TrialResult read = RunFolder.open(folder.path())
                .trials()
                .finished()
                .get(result(0).trial().key());
        assertThat(read.metric("nan")).isNaN();
        assertThat(read.metric("inf")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(read.curves().get("curve").y()).containsExactly(Double.NaN, 4);
    }

    @Test
    void aBrokenLineInTheMiddleIsNamed() throws IOException {
        RunFolder folder = folder();
        folder.trials().append(result(0));
        Path file = folder.path().resolve("trials.jsonl");
        Files.writeString(file, Files.readString(file) + "{\"trial\":\n" + Files.readString(file));
        assertThatThrownBy(folder::trials).hasMessageContaining("trials.jsonl:2");
    }

    @Test
    void aLineThatIsNoTrialIsNamed() throws IOException {
        RunFolder folder = folder();
        folder.trials().append(result(0));
        Path file = folder.path().resolve("trials.jsonl");
        String whole = Files.readString(file);
        for (String line : List.of(
                "",
                "null",
                "{}",
                "{\"trial\":null,\"metrics\":{},\"curves\":{},\"seconds\":1}",
                whole.strip() + whole.strip())) {
            Files.writeString(file, whole + line + "\n");
            assertThatThrownBy(folder::trials)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("trials.jsonl:2");
        }
    }

    @Test
    void aRunFileThatSaysNothingIsRefused() throws IOException {
        RunFolder folder = folder();
        for (String text : List.of("", "null", "{}", "{\"format\":1}")) {
            Files.writeString(folder.path().resolve("run.json"), text);
            assertThatThrownBy(() -> RunFolder.open(folder.path()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("run.json");
        }
    }

    @Test
    void runsOfOneSecondGetFoldersOfTheirOwn() {
        assertThat(List.of(folder().path(), folder().path(), folder().path())).doesNotHaveDuplicates();
    }

    @Test
    void theLatestUnfinishedRunIsFoundAndDifferencesAreNamed() {
        assertThat(RunFolder.latestUnfinished(runs, "frugal")).isEmpty();
        RunFolder folder = folder();
        RunFolder found = RunFolder.latestUnfinished(runs, "frugal").orElseThrow();
        assertThat(found.path()).isEqualTo(folder.path());
        assertThat(found.options()).isEqualTo(OPTIONS);
        assertThat(found.differences(OPTIONS, folder.provenance())).isEmpty();
        assertThat(found.differences(LabOptions.at(Scale.FULL), folder.provenance()))
                .containsExactly("scale was QUICK, is FULL");
    }

    @Test
    void theTenthRunOfASecondIsLaterThanTheSecond() throws IOException {
        Path first = folder().path();
        for (String name :
                List.of("20250101-120000", "20250101-120000-2", "20250101-120000-10", "20241231-235959-11")) {
            Path copy = Files.createDirectory(first.resolveSibling(name));
            Files.copy(first.resolve("run.json"), copy.resolve("run.json"));
        }
        Files.delete(first.resolve("run.json"));
        assertThat(RunFolder.latestUnfinished(runs, "frugal").orElseThrow().path())
                .hasFileName("20250101-120000-10");
        Files.createFile(runs.resolve("frugal/20250101-120000-10/report.json"));
        assertThat(RunFolder.latestUnfinished(runs, "frugal").orElseThrow().path())
                .hasFileName("20250101-120000-2");
    }

    @Test
    void aTrialThatEndsAsItIsStoppedIsKept() {
        RunFolder folder = folder();
        TrialStore trials = folder.trials();
        trials.append(result(0));
        Thread.currentThread().interrupt();
        trials.append(result(1));
        assertThat(Thread.interrupted()).as("the stop goes on").isTrue();
        trials.append(result(2));
        assertThat(folder.trials().finished().keySet())
                .isEqualTo(trials.finished().keySet())
                .hasSize(3);
    }

    /** A stop in the midst of writing, some dozen times; old channels were closed by it with half a line written. */
    @Test
    void stopsThatComeWhileTrialsAreWrittenLeaveNoBrokenLine() throws Exception {
        RunFolder folder = folder();
        TrialStore trials = folder.trials();
        int count = 40;
        for (int i = 0; i < count; i++) {
            int seed = i;
            Thread writer = Thread.ofPlatform().start(() -> trials.append(large(seed)));
            while (writer.getState() == Thread.State.NEW) {
                Thread.onSpinWait();
            }
            TimeUnit.MICROSECONDS.sleep(100L * i);
            writer.interrupt();
            writer.join();
        }
        assertThat(folder.trials().finished()).hasSize(count);
    }

    private static TrialResult large(int seed) {
        double[] x = new double[20_000];
        Arrays.setAll(x, i -> i / 7.0);
        return new TrialResult(
                new Trial("part", "method", "lr=1", seed), Map.of(), Map.of("curve", new Curve(x, x)), 1);
    }

    @Test
    void oneProcessRunsInAFolder() throws Exception {
        RunFolder folder = folder();
        try (AutoCloseable lock = folder.lock()) {
            assertThatThrownBy(folder::lock).hasMessageContaining("another process");
        }
        folder.lock().close();
    }

    @Test
    void aFolderWithoutARunIsRefused() {
        assertThatThrownBy(() -> RunFolder.open(runs)).hasMessageContaining("is no run");
        RunFolder folder = folder();
        assertThatThrownBy(folder::readReport).hasMessageContaining("--resume");
    }

    @Test
    void aFullDiskLeavesThePreviousFile() throws IOException {
        Path file = runs.resolve("kept.json");
        AtomicFiles.write(file, "before");
        // A folder where the temporary file should go stands for a disk that takes nothing.
        Files.createDirectory(runs.resolve("kept.json.tmp"));
        Files.createFile(runs.resolve("kept.json.tmp/x"));
        assertThatThrownBy(() -> AtomicFiles.write(file, "after")).hasMessageContaining("untouched");
        assertThat(Files.readString(file)).isEqualTo("before");
    }

    @Test
    void aKilledStudyGoesOnWhereItStoppedAndFindsTheSame() throws Exception {
        RunFolder whole = RunFolder.create(runs, "frugal", SlowStudy.OPTIONS, Provenance.current());
        Report expected = StudyRun.run(new SlowStudy(0), whole, Progress.SILENT);

        RunFolder killed = RunFolder.create(runs.resolve("killed"), "frugal", SlowStudy.OPTIONS, Provenance.current());
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowStudy.class.getName(),
                        killed.path().toString())
                .inheritIO()
                .start();
        Path journal = killed.path().resolve("trials.jsonl");
        while (child.isAlive() && lines(journal) < 2) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        child.destroyForcibly().waitFor();
        long before = lines(journal);
        assertThat(before).isBetween(2L, (long) SlowStudy.TRIALS - 1);

        Report resumed = StudyRun.run(new SlowStudy(0), RunFolder.open(killed.path()), Progress.SILENT);
        assertThat(lines(journal)).isEqualTo(SlowStudy.TRIALS);
        assertThat(resumed.tables()).isEqualTo(expected.tables());
        assertThat(killed.isFinished()).isTrue();
        assertThat(killed.readReport().tables()).isEqualTo(expected.tables());
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readString(file).chars().filter(c -> c == '\n').count()
                : 0;
    }
}
