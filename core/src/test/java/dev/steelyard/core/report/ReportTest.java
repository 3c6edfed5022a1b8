package dev.steelyard.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.core.paper.Catalogue;
import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Curve;
import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.LabOptions;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Claim CLAIM = Claim.of("c", "A <script>alert(1)</script> beats B")
            .figure("1 against 2")
            .above("gain", "B minus A", 0)
            .above("other", "not looked at", 0);

    private static Report report() {
        Findings findings = new Findings()
                .judge(CLAIM, Map.of("gain", Interval.of(1, 2, 3)))
                .table(Table.titled("Losses", "method", "loss", "numbers")
                        .row("A|B", Interval.of(0.5, 0.6), 5056)
                        .row("B", Interval.exact(1e-13), Double.NaN)
                        .build())
                .chart(Chart.titled("Curve", "step", "loss")
                        .with(Chart.Series.ofRepetitions(
                                "</script>",
                                List.of(
                                        new Curve(new double[] {1, 2}, new double[] {3, 4}),
                                        new Curve(new double[] {1, 2}, new double[] {5, 6})))))
                .note("a caveat & more");
        return Report.of(
                Catalogue.standard().paper("frugal"), LabOptions.at(Scale.QUICK), Provenance.current(), findings, 12.4);
    }

    @Test
    void jsonGivesTheSameReportBack() {
        Report report = report();
        Report back = Report.ofJson(report.toJson());
        assertThat(back)
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(report);
        assertThatThrownBy(() -> Report.ofJson("{")).hasMessageContaining("no report");
    }

    @Test
    void thePageLoadsNothingAndEscapesEverything() {
        String page = HtmlReport.of(report());
        assertThat(page)
                .doesNotContain("<script>alert")
                .contains("A &lt;script&gt;alert(1)&lt;/script&gt; beats B")
                .contains("\\u003c/script>")
                .contains("a caveat &amp; more")
                .contains("undecided")
                .contains("uPlot")
                .doesNotContainPattern("(src|href)=\"http")
                .doesNotContain("{{");
    }

    @Test
    void markdownShowsClaimsTablesAndLastValues() {
        String text = MarkdownReport.of(report());
        assertThat(text)
                .contains("B minus A: 2 [")
                .contains("not looked at: not measured")
                .contains("**undecided**")
                .contains("| A\\|B | 0.5500 [")
                .contains("| 5\u202f056 |")
                .contains("1.00e-13")
                .contains("| &lt;/script> | 2 | 5 |");
    }

    @Test
    void strangeNamesBreakNeitherPageNorTable() {
        String strange = "<!--<script>\n{{data}} | \"\u00e9\ud83d\ude00";
        Findings findings = new Findings()
                .table(Table.titled(strange, strange).row(strange).build())
                .chart(Chart.titled(strange, strange, strange)
                        .with(Chart.Series.of(strange, new Curve(new double[] {1}, new double[] {1e300})))
                        .with(Chart.Series.of("none", new Curve(new double[0], new double[0]))))
                .note(strange);
        Report report = Report.of(
                Catalogue.standard().paper("frugal"), LabOptions.at(Scale.QUICK), Provenance.current(), findings, 0);
        assertThat(HtmlReport.of(report)).doesNotContain("<!--").contains("{&#123;data}}");
        assertThat(MarkdownReport.of(report))
                .contains("\n| &lt;!--&lt;script> {{data}} \\| \"\u00e9\ud83d\ude00 |")
                .doesNotContain("<!--");
        assertThat(Report.ofJson(report.toJson()).notes()).containsExactly(strange);
    }

    @Test
    void infiniteMeansAndZerosReadWell() {
        Interval low = Interval.of(Double.NEGATIVE_INFINITY, 1);
        Findings findings = new Findings().table(Table.titled("t", "c").row(low).build());
        Report report = Report.of(
                Catalogue.standard().paper("frugal"), LabOptions.at(Scale.QUICK), Provenance.current(), findings, 0);
        assertThat(HtmlReport.of(report)).contains("<b>minus infinite</b> <span class=\"interval\">[minus infinite,");
        assertThat(Numbers.of(-0.0)).isEqualTo("0");
    }

    @Test
    void whatIsNoReportIsRefused() {
        for (String text : List.of("", "null", "{}", "[]", report().toJson() + "{}")) {
            assertThatThrownBy(() -> Report.ofJson(text)).hasMessageContaining("no report");
        }
    }
}
