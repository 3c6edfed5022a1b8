package dev.steelyard.language.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.core.study.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {

    @TempDir
    Path out;

    private final List<String> said = new ArrayList<>();
    private final Progress progress = new Progress() {
        @Override
        public void update(double fraction, String message) {}

        @Override
        public void say(String line) {
            said.add(line);
        }
    };

    private byte[] written(int steps) throws IOException {
        MetricsFile metrics = MetricsFile.openAt(out, 0, progress);
        for (int step = 1; step <= steps; step++) {
            metrics.append(step, 2.0 / step, 1, step == 3 ? 0.5 : Double.NaN);
        }
        return Files.readAllBytes(out.resolve(MetricsFile.NAME));
    }

    @Test
    void whateverCameAfterTheStepIsTakenAway() throws IOException {
        byte[] three = written(3);
        byte[] five = written(5);
        for (int length = three.length; length <= five.length; length++) {
            Files.write(out.resolve(MetricsFile.NAME), Arrays.copyOf(five, length));
            MetricsFile.openAt(out, 3, progress);
            assertThat(out.resolve(MetricsFile.NAME)).hasBinaryContent(three);
        }
        MetricsFile metrics = MetricsFile.openAt(out, 3, progress);
        metrics.append(4, 0.5, 1, Double.NaN);
        metrics.append(5, 0.4, 1, Double.NaN);
        assertThat(out.resolve(MetricsFile.NAME)).hasBinaryContent(five);
        assertThat(said).isEmpty();
    }

    @Test
    void linesThatAreNotThereAreSpokenOf() throws IOException {
        written(2);
        MetricsFile.openAt(out, 4, progress).append(5, 1, 1, Double.NaN);
        assertThat(said).singleElement().asString().contains("2 lines of the 4 steps");
        MetricsFile.openAt(out, 5, progress);
        assertThat(Files.readAllLines(out.resolve(MetricsFile.NAME))).hasSize(3);
    }

    @Test
    void aBrokenLineIsNamed() throws IOException {
        written(3);
        Path file = out.resolve(MetricsFile.NAME);
        List<String> lines = Files.readAllLines(file);
        Files.write(file, List.of(lines.get(0), "{\"loss\":1}", lines.get(2)));
        assertThatThrownBy(() -> MetricsFile.openAt(out, 3, progress)).hasMessageContaining("metrics.jsonl:2");
        Files.write(file, List.of("?", lines.get(2)));
        assertThatThrownBy(() -> MetricsFile.openAt(out, 3, progress)).hasMessageContaining("metrics.jsonl:1");
    }
}
