package dev.steelyard.cli;

import dev.steelyard.ranking.Leaderboard;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A leaderboard as text, CSV or JSON. What a model does not give is left blank, or null.
 *
 * @param model name of the model
 * @param ballots how many it learnt
 */
record LeaderboardText(String model, long ballots, Leaderboard board) {

    private static final String CSV = ".csv";
    private static final String JSON = ".json";

    static void requireKnownForm(Path file) {
        String name = file.toString();
        if (!name.endsWith(CSV) && !name.endsWith(JSON)) {
            throw new IllegalArgumentException("cannot tell how to write " + file + "; name it *.csv or *.json");
        }
    }

    String inFormOf(Path file) {
        return file.toString().endsWith(CSV) ? csv() : Json.of(json()) + "\n";
    }

    void print(PrintWriter out) {
        int width = board.entries().stream()
                .mapToInt(entry -> entry.item().length())
                .max()
                .orElse(0);
        String name = "%-" + Math.max(4, width) + "s";
        out.printf(
                Locale.ROOT,
                "%4s  " + name + "  %9s  %9s  %-20s  %8s%n",
                "rank",
                "item",
                "score",
                "skill",
                "95 %",
                "votes");
        for (Leaderboard.Entry entry : board.entries()) {
            String interval = Double.isNaN(entry.lower())
                    ? ""
                    : String.format(Locale.ROOT, "%.2f to %.2f", entry.lower(), entry.upper());
            out.printf(
                    Locale.ROOT,
                    "%4d  " + name + "  %9.2f  %9.2f  %-20s  %8d%n",
                    entry.rank(),
                    entry.item(),
                    entry.score(),
                    entry.rating().mean(),
                    interval,
                    entry.votes());
        }
        out.printf(
                Locale.ROOT,
                "%n%d items, %d %s, by %s.",
                board.entries().size(),
                ballots,
                ballots == 1 ? "vote" : "votes",
                model);
        Leaderboard.Convergence convergence = board.convergence();
        if (!Double.isNaN(convergence.settledNeighbours())) {
            out.printf(
                    Locale.ROOT,
                    " Of neighbours in the order, %.0f %% are settled (right with 95 %% probability).",
                    100 * convergence.settledNeighbours());
        }
        out.println();
    }

    Map<String, Object> json() {
        Leaderboard.Convergence convergence = board.convergence();
        Map<String, Object> settled = new LinkedHashMap<>();
        settled.put("largestDeviation", orNull(convergence.largestDeviation()));
        settled.put("settledNeighbours", orNull(convergence.settledNeighbours()));
        settled.put("meanConfidence", orNull(convergence.meanConfidence()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", model);
        json.put("ballots", ballots);
        json.put("convergence", settled);
        json.put(
                "leaderboard",
                board.entries().stream().map(LeaderboardText::row).toList());
        return json;
    }

    private static Map<String, Object> row(Leaderboard.Entry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("rank", entry.rank());
        row.put("item", entry.item());
        row.put("score", entry.score());
        row.put("mean", entry.rating().mean());
        row.put("deviation", orNull(entry.rating().deviation()));
        row.put("lower", orNull(entry.lower()));
        row.put("upper", orNull(entry.upper()));
        row.put("votes", entry.votes());
        return row;
    }

    private static Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("rank,item,score,mean,deviation,lower,upper,votes\n");
        for (Leaderboard.Entry entry : board.entries()) {
            List<String> fields = List.of(
                    Integer.toString(entry.rank()),
                    quoted(entry.item()),
                    number(entry.score()),
                    number(entry.rating().mean()),
                    number(entry.rating().deviation()),
                    number(entry.lower()),
                    number(entry.upper()),
                    Long.toString(entry.votes()));
            csv.append(String.join(",", fields)).append('\n');
        }
        return csv.toString();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }

    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
