package dev.steelyard.online.streamingmab;

import dev.steelyard.online.table.TableRow;
import dev.steelyard.online.table.TableRows;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An arm of a stream, read from CSV or JSON lines with the column {@code id} and, if it is there, {@code payload}.
 *
 * <pre>{@code
 * for (ArrivingArm arm : ArrivingArm.read(Path.of("creatives.jsonl"))) {
 *     bandit.offer(arm.id());
 *     ...
 * }
 * }</pre>
 *
 * @param id by which the bandit knows it
 * @param payload what the service makes of it, as it stands in the file, JSON as its text; empty if there is none
 */
public record ArrivingArm(String id, String payload) {

    /**
     * Reads a file.
     *
     * @return the arms in the order in which they arrive
     * @throws IllegalArgumentException if there is no arm, the column is missing, or an id is empty or comes twice; the
     *     message has file and row
     */
    public static List<ArrivingArm> read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(file.toString(), reader);
        }
    }

    /**
     * Reads a stream of arms.
     *
     * @param table what it is called in errors
     */
    public static List<ArrivingArm> read(String table, Reader text) throws IOException {
        List<ArrivingArm> arms = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (TableRow row : TableRows.read(table, text)) {
            String id = row.text("id");
            if (id.isEmpty()) {
                throw row.error("the arm has no id");
            }
            if (!seen.add(id)) {
                throw row.error("arm '" + id + "' came before; each arm comes once");
            }
            arms.add(new ArrivingArm(id, row.has("payload") ? row.text("payload") : ""));
        }
        return arms;
    }
}
