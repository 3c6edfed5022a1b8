package dev.steelyard.core.report;

import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Judgement;
import dev.steelyard.core.study.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report as Markdown; charts become tables of their last values. */
public final class MarkdownReport {

    private MarkdownReport() {}

    /** The whole document. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(report.paper().method()).append("\n\n");
        text.append(report.paper().title())
                .append(". ")
                .append(String.join(", ", report.paper().authors()))
                .append(". ")
                .append(report.paper().venue())
                .append(".\n\n## Claims\n");
        row(text, List.of("claim", "the paper's figure", "measured here", "must be", "verdict"));
        rule(text, 5);
        report.judgements().forEach(judgement -> append(judgement, text));
        report.tables().forEach(table -> append(table, text));
        report.charts().forEach(chart -> append(chart, text));
        if (!report.notes().isEmpty()) {
            text.append("\n## Notes\n\n");
            report.notes()
                    .forEach(note -> text.append("- ").append(oneLine(note)).append('\n'));
        }
        append(report.provenance(), report, text);
        return text.toString();
    }

    private static void append(Judgement judgement, StringBuilder text) {
        String measured = judgement.evidence().stream()
                .map(evidence -> oneLine(evidence.criterion().quantity()) + ": "
                        + evidence.interval().map(Numbers::of).orElse("not measured"))
                .collect(Collectors.joining("<br>"));
        String needed = judgement.evidence().stream()
                .map(evidence -> evidence.criterion().relation().symbol() + " "
                        + Numbers.of(evidence.criterion().bound()))
                .collect(Collectors.joining("<br>"));
        row(
                text,
                List.of(
                        oneLine(judgement.claim().sentence()),
                        oneLine(judgement.claim().figure()),
                        measured,
                        needed,
                        "**" + judgement.verdict().name().toLowerCase(Locale.ROOT) + "**"));
    }

    private static void append(Table table, StringBuilder text) {
        text.append("\n## ").append(oneLine(table.title())).append('\n');
        row(text, oneLine(table.columns()));
        rule(text, table.columns().size());
        table.rows()
                .forEach(cells ->
                        row(text, oneLine(cells.stream().map(Numbers::of).toList())));
    }

    private static void append(Chart chart, StringBuilder text) {
        text.append("\n## ").append(oneLine(chart.title())).append(" (last values)\n");
        row(text, oneLine(List.of("series", chart.xLabel(), chart.yLabel())));
        rule(text, 3);
        for (Chart.Series series : chart.series()) {
            int last = series.x().length - 1;
            if (last >= 0) {
                row(
                        text,
                        List.of(oneLine(series.name()), Numbers.of(series.x()[last]), Numbers.of(series.mean()[last])));
            }
        }
    }

    private static void append(Provenance provenance, Report report, StringBuilder text) {
        text.append("\n## Where this came from\n\n");
        text.append("Steelyard ")
                .append(provenance.version())
                .append(", commit ")
                .append(provenance.commit())
                .append("; ")
                .append(provenance.jvm())
                .append("; ")
                .append(provenance.processor())
                .append(", ")
                .append(provenance.cores())
                .append(" cores; started ")
                .append(provenance.started())
                .append("; scale ")
                .append(report.options().scale().label())
                .append(", seed ")
                .append(report.options().seed())
                .append("; ")
                .append(Numbers.of(Math.rint(report.seconds())))
                .append(" s of work.\n");
    }

    private static List<String> oneLine(List<String> texts) {
        return texts.stream().map(MarkdownReport::oneLine).toList();
    }

    /** A line's end would end a table's row, and what looks like a tag would vanish. */
    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ").replaceAll("<(?=[A-Za-z/!?])", "&lt;");
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append("\n|");
        cells.forEach(cell -> text.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    }

    private static void rule(StringBuilder text, int columns) {
        text.append("\n|").append("---|".repeat(columns));
    }
}
