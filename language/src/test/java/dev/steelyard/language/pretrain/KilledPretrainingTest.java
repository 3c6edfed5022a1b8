package dev.steelyard.language.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Progress;
import dev.steelyard.language.model.CausalLanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a pre-training as the system does, with no chance to tidy up, and goes on. */
class KilledPretrainingTest {

    private static final int BEFORE_THE_FIRST_CHECKPOINT = 9;
    private static final int AFTER_THE_FIRST_CHECKPOINT = 27;
    private static final int MOST_LINES_LATER = 6;

    @TempDir
    Path folder;

    @Test
    void aKilledRunGoesOnBitForBit() throws Exception {
        Path whole = folder.resolve("whole");
        CausalLanguageModel straight = TinyPretraining.startOrResume(TinyPretraining.KILLED, whole, Progress.SILENT);

        Path killed = folder.resolve("killed");
        killAt(BEFORE_THE_FIRST_CHECKPOINT, killed);
        assertThat(Pretrainer.latestCheckpoint(killed)).isEmpty();
        killAt(AFTER_THE_FIRST_CHECKPOINT, killed);
        assertThat(Pretrainer.latestCheckpoint(killed).orElseThrow()).hasFileName("step-000020");
        // A kill may also cut a line off, and leave a checkpoint half written.
        Files.writeString(metrics(killed), Files.readString(metrics(killed)) + "{\"step\":9");
        Path unfinished = Files.createDirectory(killed.resolve("checkpoints/step-000033.tmp"));
        Files.createFile(unfinished.resolve("model.safetensors.tmp"));
        CausalLanguageModel resumed = TinyPretraining.startOrResume(TinyPretraining.KILLED, killed, Progress.SILENT);

        assertThat(metrics(killed)).hasSameBinaryContentAs(metrics(whole));
        straight.parameters().forEach((name, tensor) -> assertThat(
                        resumed.parameters().get(name).toFloats())
                .as(name)
                .isEqualTo(tensor.toFloats()));
        for (String file : new String[] {"model.safetensors", "optimizer.safetensors", "stand.json"}) {
            assertThat(killed.resolve("checkpoints/step-000060").resolve(file))
                    .hasSameBinaryContentAs(
                            whole.resolve("checkpoints/step-000060").resolve(file));
        }
        assertThat(unfinished).doesNotExist();
    }

    /** Starts or resumes the run in a process of its own and sends SIGKILL once the metrics have so many lines. */
    private static void killAt(int line, Path out) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TinyPretraining.class.getName(),
                        out.toString(),
                        Integer.toString(line + MOST_LINES_LATER))
                .inheritIO()
                .start();
        while (child.isAlive() && lines(metrics(out)) < line) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(child.isAlive()).isTrue();
        child.destroyForcibly().waitFor();
        assertThat(lines(metrics(out))).isBetween((long) line, (long) line + MOST_LINES_LATER);
    }

    private static Path metrics(Path out) {
        return out.resolve("metrics.jsonl");
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readString(file).chars().filter(c -> c == '\n').count()
                : 0;
    }
}
