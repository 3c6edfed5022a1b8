package dev.steelyard.language.pretrain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.core.study.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * {@code metrics.jsonl} of a pre-training: a line a step. Opened at the step of a checkpoint it holds the lines up to
 * that step and no others, whatever a kill left behind, so that a resumed run writes each step once.
 */
final class MetricsFile {

    static final String NAME = "metrics.jsonl";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    private MetricsFile(Path file) {
        this.file = file;
    }

    /**
     * Opens the file of a run's folder at a step: later lines and a line that was cut off are taken away.
     *
     * @param step steps that the checkpoint has done; 0 empties the file
     * @param progress is told if lines up to that step are not there: the run goes on without them
     * @throws UncheckedIOException if the file cannot be read or written
     * @throws IllegalArgumentException if a line up to that step is broken; the message has file and line
     */
    static MetricsFile openAt(Path out, int step, Progress progress) {
        Path file = out.resolve(NAME);
        try {
            Files.createDirectories(out);
            byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            int kept = kept(file, bytes, step, progress);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.truncate(kept);
                channel.force(true);
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
        return new MetricsFile(file);
    }

    /** Bytes up to the end of the step's line. */
    private static int kept(Path file, byte[] bytes, int step, Progress progress) {
        int start = 0;
        int line = 0;
        int last = 0;
        for (int end = 0; end < bytes.length && last < step; end++) {
            if (bytes[end] == '\n') {
                int next = stepOf(new String(bytes, start, end - start, StandardCharsets.UTF_8), file, line + 1);
                if (next > step) {
                    break;
                }
                last = next;
                line++;
                start = end + 1;
            }
        }
        if (line < step) {
            progress.say(file + " holds " + line + " lines of the " + step
                    + " steps before the checkpoint; going on without the others");
        }
        return start;
    }

    private static int stepOf(String text, Path file, int line) {
        try {
            JsonNode step = JSON.readTree(text).path("step");
            if (step.isInt()) {
                return step.intValue();
            }
        } catch (JsonProcessingException e) {
            throw brokenLine(file, line, e);
        }
        throw brokenLine(file, line, null);
    }

    private static IllegalArgumentException brokenLine(Path file, int line, Throwable cause) {
        return new IllegalArgumentException(
                file + ":" + line + ": this line holds no metrics of a step; take it away to go on", cause);
    }

    /**
     * Adds the line of a step.
     *
     * @param heldOutLoss NaN where it was not measured
     */
    void append(int step, double loss, double gradientNorm, double heldOutLoss) {
        String measured = Double.isNaN(heldOutLoss) ? "" : ",\"heldOut\":" + heldOutLoss;
        String line =
                "{\"step\":" + step + ",\"loss\":" + loss + ",\"gradientNorm\":" + gradientNorm + measured + "}\n";
        // A stream and no channel: an interrupt, which asks for a checkpoint, must not cut a line off.
        try (OutputStream stream = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            stream.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /** Forces all lines to disk. A checkpoint comes after its lines, never before. */
    void force() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static UncheckedIOException cannotWrite(Path file, IOException e) {
        return new UncheckedIOException(
                "cannot write " + file + " (" + e.getMessage()
                        + "); the last checkpoint is untouched: mend that and use --resume",
                e);
    }
}
