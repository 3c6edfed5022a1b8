package dev.steelyard.core.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.steelyard.core.paper.Paper;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Judgement;
import dev.steelyard.core.study.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A report as one self-contained page: verdicts first, then tables, then charts (drawn by uPlot, which is inside the
 * page), then where it came from. Nothing is loaded from elsewhere.
 */
public final class HtmlReport {

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private HtmlReport() {}

    /** The whole page. */
    public static String of(Report report) {
        return resource("report.html")
                .replace("{{title}}", escape(report.paper().method()))
                .replace("{{head}}", head(report.paper()))
                .replace("{{verdicts}}", verdicts(report.judgements()))
                .replace("{{tables}}", tables(report.tables()))
                .replace("{{charts}}", charts(report))
                .replace("{{notes}}", notes(report.notes()))
                .replace("{{provenance}}", provenance(report))
                .replace("{{style}}", resource(UPLOT + "uPlot.min.css") + resource("report.css"))
                .replace("{{uplot}}", resource(UPLOT + "uPlot.iife.min.js"))
                .replace("{{script}}", resource("report.js"))
                .replace("{{data}}", data(report));
    }

    private static String head(Paper paper) {
        return "<h1>" + escape(paper.method()) + "</h1><p class=\"paper\">" + escape(paper.title()) + "<br>"
                + escape(String.join(", ", paper.authors())) + "<br>" + escape(paper.venue())
                + (paper.arxiv().isEmpty() ? "" : " · arXiv " + escape(paper.arxiv())) + "</p><p>"
                + escape(paper.summary()) + "</p>";
    }

    private static String verdicts(List<Judgement> judgements) {
        StringBuilder html = new StringBuilder();
        for (Judgement judgement : judgements) {
            html.append("<article class=\"claim\"><header><span class=\"badge ")
                    .append(word(judgement))
                    .append("\">")
                    .append(word(judgement))
                    .append("</span><h3>")
                    .append(escape(judgement.claim().sentence()))
                    .append("</h3></header>");
            if (!judgement.claim().figure().isEmpty()) {
                html.append("<p class=\"figure\">The paper: ")
                        .append(escape(judgement.claim().figure()))
                        .append("</p>");
            }
            html.append("<div class=\"scroll\"><table><tr><th>measured here</th><th>mean [95 % interval]</th>"
                    + "<th>must be</th><th></th></tr>");
            judgement.evidence().forEach(evidence -> html.append("<tr><td>")
                    .append(escape(evidence.criterion().quantity()))
                    .append("</td><td class=\"number\">")
                    .append(evidence.interval().map(HtmlReport::number).orElse("not measured"))
                    .append("</td><td class=\"number\">")
                    .append(escape(evidence.criterion().relation().symbol()))
                    .append(' ')
                    .append(Numbers.of(evidence.criterion().bound()))
                    .append("</td><td class=\"mark ")
                    .append(evidence.verdict().name().toLowerCase(Locale.ROOT))
                    .append("\">")
                    .append(evidence.verdict().name().toLowerCase(Locale.ROOT))
                    .append("</td></tr>"));
            html.append("</table></div></article>");
        }
        return html.toString();
    }

    private static String word(Judgement judgement) {
        return judgement.verdict().name().toLowerCase(Locale.ROOT);
    }

    private static String tables(List<Table> tables) {
        StringBuilder html = new StringBuilder();
        for (Table table : tables) {
            html.append("<h2>").append(escape(table.title())).append("</h2><div class=\"scroll\"><table><tr>");
            table.columns()
                    .forEach(
                            column -> html.append("<th>").append(escape(column)).append("</th>"));
            html.append("</tr>");
            for (List<Table.Cell> row : table.rows()) {
                html.append("<tr>");
                row.forEach(cell -> html.append(cell instanceof Table.Text ? "<td>" : "<td class=\"number\">")
                        .append(html(cell))
                        .append("</td>"));
                html.append("</tr>");
            }
            html.append("</table></div>");
        }
        return html.toString();
    }

    private static String html(Table.Cell cell) {
        return cell instanceof Table.Measured measured ? number(measured.interval()) : escape(Numbers.of(cell));
    }

    private static String number(Interval interval) {
        String text = Numbers.of(interval);
        String mean = Numbers.of(interval.mean());
        return text.equals(mean)
                ? text
                : "<b>" + mean + "</b> <span class=\"interval\">" + text.substring(mean.length() + 1) + "</span>";
    }

    private static String charts(Report report) {
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < report.charts().size(); i++) {
            html.append("<h2>")
                    .append(escape(report.charts().get(i).title()))
                    .append("</h2><div class=\"chart\" data-chart=\"")
                    .append(i)
                    .append("\"></div>");
        }
        return html.toString();
    }

    private static String notes(List<String> notes) {
        if (notes.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<h2>Notes</h2><ul>");
        notes.forEach(note -> html.append("<li>").append(escape(note)).append("</li>"));
        return html.append("</ul>").toString();
    }

    private static String provenance(Report report) {
        Provenance from = report.provenance();
        String[][] rows = {
            {"scale", report.options().scale().label()},
            {"seed", Long.toString(report.options().seed())},
            {"repetitions", report.options().repetitions().map(String::valueOf).orElse("the study's choice")},
            {"threads", Integer.toString(report.options().threads())},
            {"device", report.options().device()},
            {"work", Numbers.of(Math.rint(report.seconds())) + " s, summed over the trials"},
            {"Steelyard", from.version() + ", commit " + from.commit()},
            {"JVM", from.jvm()},
            {"system", from.system()},
            {"processor", from.processor() + ", " + from.cores() + " cores"},
            {"started", from.started()}
        };
        StringBuilder html = new StringBuilder("<details><summary>Where this came from</summary><table>");
        for (String[] row : rows) {
            html.append("<tr><td>")
                    .append(escape(row[0]))
                    .append("</td><td>")
                    .append(escape(row[1]))
                    .append("</td></tr>");
        }
        return html.append("</table></details>").toString();
    }

    private static String data(Report report) {
        try {
            // "</script" in a string would end the element, "<!--" and "<script" would keep it from ending.
            return ReportJson.mapper().writeValueAsString(report.charts()).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("charts of our own cannot be written as JSON", e);
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("{{", "{&#123;");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + name + " of the jar cannot be read", e);
        }
    }
}
