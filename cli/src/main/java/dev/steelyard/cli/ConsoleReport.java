package dev.steelyard.cli;

import dev.steelyard.core.report.Report;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Judgement;
import dev.steelyard.core.study.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report's tables and verdicts as plain text. */
final class ConsoleReport {

    private ConsoleReport() {}

    static String of(Report report) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%n%s%n%s, %s%n",
                report.paper().title(), report.paper().method(), report.paper().venue()));
        report.tables().forEach(table -> append(table, text));
        text.append(String.format("%nClaims%n"));
        report.judgements().forEach(judgement -> append(judgement, text));
        report.notes().forEach(note -> text.append(String.format("%nNote: %s", note)));
        return text.toString();
    }

    private static void append(Judgement judgement, StringBuilder text) {
        text.append(String.format(
                "  %-9s %s%n", judgement.verdict(), judgement.claim().sentence()));
        for (Judgement.Evidence evidence : judgement.evidence()) {
            String measured = evidence.interval().map(ConsoleReport::text).orElse("not measured");
            text.append(String.format(
                    Locale.ROOT,
                    "            %s: %s, must be %s %s%n",
                    evidence.criterion().quantity(),
                    measured,
                    evidence.criterion().relation().symbol(),
                    number(evidence.criterion().bound())));
        }
    }

    private static void append(Table table, StringBuilder text) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(table.columns());
        table.rows()
                .forEach(row -> rows.add(row.stream().map(ConsoleReport::text).toList()));
        int columns = table.columns().size();
        int[] width = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                width[i] = Math.max(width[i], row.get(i).length());
            }
        });
        text.append(String.format("%n%s%n", table.title()));
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int i = 0; i < columns; i++) {
                line.append(String.format(" %-" + Math.max(1, width[i]) + "s ", row.get(i)));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
    }

    private static String text(Table.Cell cell) {
        return switch (cell) {
            case Table.Text words -> words.text();
            case Table.Number value -> number(value.value());
            case Table.Measured measured -> text(measured.interval());
        };
    }

    private static String text(Interval interval) {
        if (interval.samples() == 0) {
            return number(interval.mean());
        }
        if (Double.isInfinite(interval.lower())) {
            return number(interval.mean()) + " [one sample]";
        }
        return number(interval.mean()) + " [" + number(interval.lower()) + ", " + number(interval.upper()) + "]";
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e9) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
