package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Writes that really fail: the process may not write a file larger than a limit, as on a disk that is full. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {

    /** Room for the model of a checkpoint, of 34 KiB, and not for the optimiser's state, twice as large. */
    private static final String LIMIT_KIB = "48";

    @TempDir
    Path folder;

    @Test
    void thePreviousCheckpointSurvivesAndTheRunGoesOnFromIt() throws Exception {
        TinyModel whole = TinyModel.in(folder).trained();
        TinyModel stopped =
                whole.copyTo(Files.createDirectory(folder.resolve("stopped"))).stoppedHalfway();
        byte[] weights = Files.readAllBytes(stopped.checkpoint(3).resolve("model.safetensors"));

        List<String> limited = List.of("bash", "-c", "ulimit -f " + LIMIT_KIB + "; exec \"$@\"", "bash");
        Steelyard.Outcome outcome = Steelyard.await(Steelyard.process(limited, stopped.training("--resume")), folder);

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(outcome.err())
                .contains("cannot write checkpoint " + stopped.checkpoint(6), "File too large", "make room", "--resume")
                .doesNotContain("\tat ");
        assertThat(stopped.folder().resolve("checkpoints").toFile().list()).containsExactly("step-000003");
        assertThat(stopped.checkpoint(3).resolve("model.safetensors")).hasBinaryContent(weights);
        assertThat(stopped.folder().resolve("model.safetensors")).doesNotExist();

        assertThat(Steelyard.run(stopped.training("--resume")).code()).isZero();
        for (String file : new String[] {"model.safetensors", "metrics.jsonl"}) {
            assertThat(stopped.folder().resolve(file))
                    .hasSameBinaryContentAs(whole.folder().resolve(file));
        }
    }

    @Test
    void withoutACheckpointTheRunBeginsAgain() throws Exception {
        TinyModel fresh = TinyModel.in(folder);
        List<String> limited = List.of("bash", "-c", "ulimit -f " + LIMIT_KIB + "; exec \"$@\"", "bash");
        Steelyard.Outcome outcome = Steelyard.await(Steelyard.process(limited, fresh.training()), folder);

        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(outcome.err())
                .contains("cannot write checkpoint " + fresh.checkpoint(3), "the run's first", "start again")
                .doesNotContain("--resume");
        assertThat(Steelyard.run(fresh.training()).code()).isZero();
    }
}
