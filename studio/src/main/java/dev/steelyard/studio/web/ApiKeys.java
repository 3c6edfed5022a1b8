package dev.steelyard.studio.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/**
 * Keys of which a request must name one in the header {@value #HEADER}.
 *
 * @param keys none where anybody may ask
 */
public record ApiKeys(Set<String> keys) {

    public static final String HEADER = "X-API-Key";

    public ApiKeys {
        keys = Set.copyOf(keys);
    }

    /** Anybody may ask. */
    public static ApiKeys none() {
        return new ApiKeys(Set.of());
    }

    /**
     * Reads keys, one a line.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ApiKeys read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no key; write one a line");
        }
        return new ApiKeys(Set.copyOf(lines));
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Whether a key is one of these; compares in a time that does not tell how much of it was right. */
    public boolean knows(String key) {
        boolean known = false;
        byte[] given = key == null ? new byte[0] : key.getBytes(StandardCharsets.UTF_8);
        for (String each : keys) {
            known |= MessageDigest.isEqual(each.getBytes(StandardCharsets.UTF_8), given);
        }
        return known;
    }

    @Override
    public String toString() {
        return keys.size() + " API keys";
    }
}
