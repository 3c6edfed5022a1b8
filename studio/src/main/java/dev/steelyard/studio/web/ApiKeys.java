package dev.steelyard.studio.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keys of which a request must name one in the header {@value #HEADER}.
 *
 * @param keys that may do everything
 * @param readOnly that may look, evaluate and export, and change nothing
 */
public record ApiKeys(Set<String> keys, Set<String> readOnly) {

    public static final String HEADER = "X-API-Key";

    private static final String READ_ONLY = "read-only ";

    /** @throws IllegalArgumentException if a key stands in both */
    public ApiKeys {
        keys = Set.copyOf(keys);
        readOnly = Set.copyOf(readOnly);
        for (String key : readOnly) {
            if (keys.contains(key)) {
                throw new IllegalArgumentException("a key is both read-only and not; write it once");
            }
        }
    }

    /** Keys that may do everything. */
    public ApiKeys(Set<String> keys) {
        this(keys, Set.of());
    }

    /** Anybody may do everything. */
    public static ApiKeys none() {
        return new ApiKeys(Set.of());
    }

    /**
     * Reads keys, one a line; a line {@code read-only KEY} gives one that may only look.
     *
     * @throws IllegalArgumentException if there is none, or a line holds more than a key; no message holds a key
     */
    public static ApiKeys read(Path file) throws IOException {
        Set<String> keys = new HashSet<>();
        Set<String> readOnly = new HashSet<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            boolean looksOnly = line.startsWith(READ_ONLY);
            String key = looksOnly ? line.substring(READ_ONLY.length()).strip() : line;
            if (key.chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException(file + ":" + (i + 1)
                        + " holds more than a key; write one a line, after 'read-only ' if it may only look");
            }
            if (!key.isEmpty()) {
                (looksOnly ? readOnly : keys).add(key);
            }
        }
        if (keys.isEmpty() && readOnly.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no key; write one a line");
        }
        return new ApiKeys(keys, readOnly);
    }

    public boolean isEmpty() {
        return keys.isEmpty() && readOnly.isEmpty();
    }

    /** Whether a key may look: it is one of these, read-only or not. */
    public boolean mayLook(String key) {
        // Both are asked always, so that the time does not tell in which it was.
        boolean changes = isOneOf(keys, key);
        boolean looks = isOneOf(readOnly, key);
        return changes || looks;
    }

    /** Whether a key may change things. */
    public boolean mayChange(String key) {
        return isOneOf(keys, key);
    }

    /** Compares in a time that does not tell how much of a key was right. */
    private static boolean isOneOf(Set<String> known, String key) {
        boolean found = false;
        byte[] given = key == null ? new byte[0] : key.getBytes(StandardCharsets.UTF_8);
        for (String each : known) {
            found |= MessageDigest.isEqual(each.getBytes(StandardCharsets.UTF_8), given);
        }
        return found;
    }

    @Override
    public String toString() {
        return keys.size() + " API keys, " + readOnly.size() + " read-only ones";
    }
}
