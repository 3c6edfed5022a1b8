package dev.steelyard.online.oomdsea;

import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.TrialResults;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Turns the trials into judgements, tables and charts. */
final class SeaReport {

    private final Findings findings;
    private final TrialResults results;
    private final List<Integer> rounds;
    private final int longest;
    private final int dynamicRounds;

    SeaReport(Findings findings, TrialResults results, List<Integer> rounds, int dynamicRounds) {
        this.findings = findings;
        this.results = results;
        this.rounds = rounds;
        this.longest = rounds.getLast();
        this.dynamicRounds = dynamicRounds;
    }

    void write() {
        judge();
        for (int t : rounds) {
            table("Convex losses: regret after " + t, SeaStudy.CONVEX, SeaStudy.CELLS, SeaStudy.CONVEX_METHODS, t);
            table(
                    "Strongly convex losses: regret after " + t,
                    SeaStudy.STRONG,
                    SeaStudy.STRONG_CELLS,
                    SeaStudy.STRONG_METHODS,
                    t);
        }
        table(
                "Dynamic regret after " + dynamicRounds + " (per: how often the direction changes)",
                SeaStudy.DYNAMIC,
                SeaStudy.SHIFTS,
                SeaStudy.DYNAMIC_METHODS,
                dynamicRounds);
        for (SeaSetting cell : SeaStudy.CELLS) {
            Chart chart = Chart.titled("Regret, " + cell.rounds(longest).text(), "round", "regret");
            for (String method : SeaStudy.CONVEX_METHODS) {
                chart = chart.with(Chart.Series.ofRepetitions(
                        method, at(SeaStudy.CONVEX, method, cell, longest).curves("regret")));
            }
            findings.chart(chart);
        }
        findings.note(
                        "Linear losses on the unit ball, L = 0; per is the period of the drift, 0 for none, 2 for signs that"
                                + " flip, where the last gradient is the worst hint there is.")
                .note(
                        "On quadratics, whose gradients vanish at the optimum, plain OGD is the better choice; such cells and"
                                + " the exp-concave case were not run here.");
    }

    private void judge() {
        double largest = 0;
        for (SeaSetting cell : SeaStudy.CELLS) {
            for (int t : rounds) {
                TrialResults runs = at(SeaStudy.CONVEX, SeaStudy.OOMD, cell, t);
                double[] regret = runs.metric("regret");
                double[] bound = runs.metric("bound");
                for (int i = 0; i < regret.length; i++) {
                    largest = Math.max(largest, regret[i] / bound[i]);
                }
            }
        }
        findings.judge(
                SeaClaims.CONVEX,
                Map.of(
                        "bound", Interval.exact(largest),
                        "drift-10", gain(SeaStudy.CONVEX, SeaStudy.OGD, SeaStudy.CELLS.get(0)),
                        "drift-50", gain(SeaStudy.CONVEX, SeaStudy.OGD, SeaStudy.CELLS.get(1)),
                        "noise", ratio(SeaStudy.CELLS.get(4)),
                        "flips", ratio(SeaStudy.CELLS.get(5))));
        findings.judge(
                SeaClaims.STRONG, Map.of("leader", leastStrong(SeaStudy.OFTL), "descent", leastStrong(SeaStudy.OGD)));
        SeaSetting many = SeaStudy.SHIFTS.get(0);
        findings.judge(
                SeaClaims.DYNAMIC,
                Map.of(
                        "single", dynamicRatio(SeaStudy.OOMD, many),
                        "ogd", dynamicRatio(SeaStudy.OGD, many),
                        "price",
                                at(SeaStudy.DYNAMIC, SeaStudy.TWO_LAYER, SeaStudy.SHIFTS.get(2), dynamicRounds)
                                        .interval("regret")));
        findings.judge(SeaClaims.EXP_CONCAVE, Map.of());
    }

    private Interval leastStrong(String baseline) {
        return SeaStudy.STRONG_CELLS.stream()
                .map(cell -> gain(SeaStudy.STRONG, baseline, cell))
                .min(Comparator.comparingDouble(Interval::mean))
                .orElseThrow();
    }

    private Interval gain(String part, String baseline, SeaSetting cell) {
        return Interval.ofPairedDifference(
                at(part, baseline, cell, longest).metric("regret"),
                at(part, SeaStudy.OOMD, cell, longest).metric("regret"));
    }

    private Interval ratio(SeaSetting cell) {
        return ofMeans(
                at(SeaStudy.CONVEX, SeaStudy.OOMD, cell, longest).metric("regret"),
                at(SeaStudy.CONVEX, SeaStudy.OGD, cell, longest).metric("regret"));
    }

    private Interval dynamicRatio(String baseline, SeaSetting shift) {
        return ofMeans(
                at(SeaStudy.DYNAMIC, SeaStudy.TWO_LAYER, shift, dynamicRounds).metric("regret"),
                at(SeaStudy.DYNAMIC, baseline, shift, dynamicRounds).metric("regret"));
    }

    /** The ratio of the means, its interval by the delta method. */
    private static Interval ofMeans(double[] ours, double[] theirs) {
        double mean = Arrays.stream(theirs).average().orElseThrow();
        double ratio = Arrays.stream(ours).average().orElseThrow() / mean;
        double[] linear = new double[ours.length];
        Arrays.setAll(linear, i -> ratio + (ours[i] - ratio * theirs[i]) / mean);
        return Interval.of(linear);
    }

    private void table(String title, String part, List<SeaSetting> cells, List<String> methods, int t) {
        String[] columns = new String[methods.size() + 1];
        columns[0] = "setting";
        for (int i = 0; i < methods.size(); i++) {
            columns[i + 1] = methods.get(i);
        }
        Table.Builder table = Table.titled(title, columns);
        for (SeaSetting cell : cells) {
            Object[] row = new Object[columns.length];
            row[0] = "sigma " + cell.noise() + ", per " + cell.period();
            for (int i = 0; i < methods.size(); i++) {
                row[i + 1] = at(part, methods.get(i), cell, t).interval("regret");
            }
            table.row(row);
        }
        findings.table(table.build());
    }

    private TrialResults at(String part, String method, SeaSetting cell, int t) {
        return results.part(part).method(method).setting(cell.rounds(t).text());
    }
}
