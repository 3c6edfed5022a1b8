package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialContext;
import dev.steelyard.core.study.TrialResults;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rates that a grid chose: one run a rate and method, on a seed that no comparison uses. At the scale full a study
 * runs its grids itself; at the scale standard it takes the table {@code tuning.csv} beside this class, which is what the
 * same grids gave at that scale and study seed 0, and runs a grid that the table does not hold.
 *
 * @param entries in the order in which they were tried
 */
record Tuning(List<Entry> entries) {

    /** Repetition that tuning uses. */
    static final int SEED = 1000;

    private static final String TABLE = "tuning.csv";
    private static final String COMMENT = "#";

    /**
     * One run.
     *
     * @param score what is to be small: a loss or an error
     */
    record Entry(String part, String method, Rate rate, double score) {}

    /** The work of one trial at a rate. */
    interface Body {
        void run(Trial trial, TrialContext context, Rate rate) throws Exception;
    }

    Tuning {
        entries = List.copyOf(entries);
    }

    /** Runs a grid for methods; the trials' metric {@code score} is to be small. */
    static Tuning run(Lab lab, String part, String score, List<String> methods, List<Rate> grid, Body body)
            throws InterruptedException {
        List<Trial> trials = new ArrayList<>();
        for (String method : methods) {
            grid.forEach(rate -> trials.add(new Trial(part + " tuning", method, rate.toString(), SEED)));
        }
        TrialResults results =
                lab.trials(trials, (trial, context) -> body.run(trial, context, Rate.parse(trial.setting())));
        return new Tuning(results.all().stream()
                .map(result -> new Entry(
                        part, result.trial().method(), Rate.parse(result.trial().setting()), result.metric(score)))
                .toList());
    }

    /** One rate for all, which nobody has tried: for the scale that judges nothing. */
    static Tuning untuned(String part, List<String> methods, Rate rate) {
        return new Tuning(methods.stream()
                .map(method -> new Entry(part, method, rate, Double.NaN))
                .toList());
    }

    /** What the table holds of a part; no entry where the grid is still to be run. */
    static Tuning published(String part) {
        List<Entry> entries = new ArrayList<>();
        for (String line : table().lines().toList()) {
            String[] cells = line.split(",");
            if (!line.startsWith(COMMENT) && cells[0].equals(part)) {
                Rate rate = new Rate(Double.parseDouble(cells[2]), Double.parseDouble(cells[3]));
                entries.add(new Entry(part, cells[1], rate, Double.parseDouble(cells[4])));
            }
        }
        return new Tuning(entries);
    }

    private static String table() {
        try (InputStream stream = Tuning.class.getResourceAsStream(TABLE)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + TABLE + " beside " + Tuning.class, e);
        }
    }

    /** The rate of the smallest score, the first of equals. */
    Rate best(String method) {
        return entries.stream()
                .filter(entry -> entry.method().equals(method))
                .min(Comparator.comparingDouble(Entry::score))
                .orElseThrow(() -> new IllegalArgumentException("no rate was tried for " + method))
                .rate();
    }

    /** The scores, a row a method and a column a rate, the chosen rate last. */
    Table table(String title) {
        List<Rate> rates = entries.stream().map(Entry::rate).distinct().toList();
        List<String> columns = new ArrayList<>(List.of("method"));
        rates.forEach(rate -> columns.add(rate.toString()));
        columns.add("chosen");
        Table.Builder table = Table.titled(title, columns.toArray(String[]::new));
        for (String method : entries.stream().map(Entry::method).distinct().toList()) {
            List<Object> cells = new ArrayList<>(List.of(method));
            rates.forEach(rate -> cells.add(score(method, rate)));
            cells.add(best(method).toString());
            table.row(cells.toArray());
        }
        return table.build();
    }

    /** Empty where a method was not tried at a rate. */
    private Object score(String method, Rate rate) {
        return entries.stream()
                .filter(entry -> entry.method().equals(method) && entry.rate().equals(rate))
                .<Object>map(entry -> Double.isNaN(entry.score()) ? "not tried" : entry.score())
                .findFirst()
                .orElse("");
    }
}
