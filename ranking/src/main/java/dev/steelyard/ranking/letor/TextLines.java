package dev.steelyard.ranking.letor;

import dev.steelyard.core.text.ByteOrderMark;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The lines of a text file, which may be packed by gzip: its first two bytes tell, not its name. */
public final class TextLines {

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final int BUFFER = 1 << 16;

    private TextLines() {}

    /** What takes a line. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Takes a line.
         *
         * @param number of the line, from 1
         * @param line without its end
         */
        void take(int number, String line);
    }

    /**
     * Hands on every line.
     *
     * @throws IllegalArgumentException what the reader throws, preceded by file and line
     * @throws IOException if the file cannot be read; a broken gzip file is named
     */
    public static void read(Path file, Reader reader) throws IOException {
        int number = 0;
        try (InputStream bytes = unpacked(new BufferedInputStream(Files.newInputStream(file), BUFFER));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), BUFFER)) {
            ByteOrderMark.skip(lines);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                reader.take(number, line);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ":" + number + ": " + e.getMessage(), e);
        } catch (ZipException | EOFException e) {
            throw new IOException(
                    file + " is a damaged gzip file, after line " + number + " (" + e.getMessage() + "); pack it again",
                    e);
        }
    }

    private static InputStream unpacked(InputStream bytes) throws IOException {
        bytes.mark(2);
        boolean packed = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
        bytes.reset();
        return packed ? new GZIPInputStream(bytes, BUFFER) : bytes;
    }
}
