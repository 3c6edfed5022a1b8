package dev.steelyard.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.steelyard.core.report.ReportJson;
import dev.steelyard.core.study.TrialResult;
import dev.steelyard.core.study.TrialStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finished trials as JSON lines. A line is forced to disk before {@link #append} returns, though its thread be interrupted; a
 * line that a kill cut off is taken away when the file is opened again.
 */
final class Journal implements TrialStore {

    private final Path file;
    private final Map<String, TrialResult> finished = new LinkedHashMap<>();

    private Journal(Path file) {
        this.file = file;
    }

    /**
     * Opens the journal, which need not exist yet.
     *
     * @throws IllegalArgumentException if a line other than the last is broken; the message has file and line
     */
    static Journal open(Path file) {
        Journal journal = new Journal(file);
        try {
            journal.read();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " (" + Reason.of(e) + ")", e);
        }
        return journal;
    }

    private void read() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        int line = 1;
        for (int end = 0; end < bytes.length; end++) {
            if (bytes[end] == '\n') {
                TrialResult result = parse(new String(bytes, start, end - start, StandardCharsets.UTF_8), line++);
                finished.put(result.trial().key(), result);
                start = end + 1;
            }
        }
        if (start < bytes.length) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(start);
                channel.force(true);
            }
        }
    }

    private TrialResult parse(String text, int line) {
        try {
            return ReportJson.read(text, TrialResult.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + ":" + line + ": this line is no finished trial (" + e.getOriginalMessage()
                            + "); take the line away to run that trial again",
                    e);
        }
    }

    @Override
    public synchronized Map<String, TrialResult> finished() {
        return Map.copyOf(finished);
    }

    @Override
    public synchronized void append(TrialResult result) {
        // Not a channel: a stop would close it, and lose the trial or leave half a line where the next one begins.
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "rw")) {
            long before = journal.length();
            try {
                journal.seek(before);
                journal.write((ReportJson.mapper().writeValueAsString(result) + "\n").getBytes(StandardCharsets.UTF_8));
                journal.getFD().sync();
            } catch (IOException e) {
                journal.setLength(before);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot keep trial " + result.trial().key() + " in " + file + " (" + Reason.of(e)
                            + "); the trials kept before are safe, make room and use --resume",
                    e);
        }
        finished.put(result.trial().key(), result);
    }
}
