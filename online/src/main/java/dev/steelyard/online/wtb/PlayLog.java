package dev.steelyard.online.wtb;

import dev.steelyard.online.table.TableRow;
import dev.steelyard.online.table.TableRows;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A log of plays and their losses, read from CSV or JSON lines with the columns {@code action} and {@code loss}, and if they
 * are there {@code user} and {@code time}. Memory is a user's own, so that each user's plays are kept apart.
 *
 * <pre>{@code
 * PlayLog log = PlayLog.read(Path.of("plays.csv"));
 * List<TallyCurve> curves = log.curves(10);       // does repeated exposure help?
 * }</pre>
 *
 * @param actions names of the actions, which are numbered in this order; numbers are in order of size, other names of the
 *     alphabet
 * @param users each user's plays, in their order; one user, named by the empty text, where the log names none
 */
public record PlayLog(List<String> actions, Map<String, List<TallyCurve.Play>> users) {

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if a column is missing, a loss is not in [0, 1], or a user's time falls; the message
     *     has file and row
     */
    public static PlayLog read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(file.toString(), reader);
        }
    }

    /**
     * Reads a log.
     *
     * @param table what it is called in errors
     */
    public static PlayLog read(String table, Reader text) throws IOException {
        List<TableRow> rows = TableRows.read(table, text);
        Map<String, Integer> numbers = numbers(rows);
        Map<String, List<TallyCurve.Play>> users = new LinkedHashMap<>();
        Map<String, Double> times = new LinkedHashMap<>();
        for (TableRow row : rows) {
            String user = row.has("user") ? row.text("user") : "";
            if (row.has("time")) {
                double time = row.number("time");
                Double before = times.put(user, time);
                if (before != null && time < before) {
                    throw row.error("time " + time + " follows " + before + "; sort the rows by time");
                }
            }
            double loss = row.number("loss");
            if (!(loss >= 0 && loss <= 1)) {
                throw row.error("the loss is " + loss + "; it must be in [0, 1]: scale it by its known range");
            }
            users.computeIfAbsent(user, name -> new ArrayList<>())
                    .add(new TallyCurve.Play(numbers.get(row.text("action")), loss));
        }
        return new PlayLog(List.copyOf(numbers.keySet()), users);
    }

    private static Map<String, Integer> numbers(List<TableRow> rows) {
        Map<String, Integer> numbers = new TreeMap<>(PlayLog::compare);
        rows.forEach(row -> numbers.put(row.text("action"), 0));
        int next = 0;
        for (Map.Entry<String, Integer> entry : numbers.entrySet()) {
            entry.setValue(next++);
        }
        return numbers;
    }

    /** Shorter whole numbers are smaller ones. */
    private static int compare(String a, String b) {
        boolean numbers = a.matches("\\d+") && b.matches("\\d+");
        return numbers && a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    /**
     * Mean losses of each action by how often the user played it among the last m plays, over all users.
     *
     * @param memory m, at least 1
     */
    public List<TallyCurve> curves(int memory) {
        return TallyCurve.fit(users.values(), memory);
    }
}
