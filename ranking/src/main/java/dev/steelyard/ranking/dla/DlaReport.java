package dev.steelyard.ranking.dla;

import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Turns the trials into judgements, tables and charts. */
final class DlaReport {

    private static final List<String> USERS = List.of(DlaStudy.PBM, DlaStudy.UBM, DlaStudy.CCM, DlaStudy.SHIFT);

    private final Findings findings;
    private final TrialResults results;
    private final int randomised;

    /** @param randomised sessions in random order that IPW had, but for the part on scarce ones */
    DlaReport(Findings findings, TrialResults results, int randomised) {
        this.findings = findings;
        this.results = results;
        this.randomised = randomised;
    }

    void write() {
        judge();
        findings.table(table("nDCG@10 on test queries", "ndcg"))
                .table(table("ERR@10 on test queries", "err"))
                .table(table("MAP on test queries", "map"));
        Table.Builder propensity = Table.titled(
                "Mean absolute error of DLA's propensities against the last users' by position", "users", "error");
        for (String users : USERS) {
            propensity.row(users, at(users, DlaStudy.DLA).interval("propensity error"));
        }
        findings.table(propensity.build()).table(scarce());
        for (String users : USERS) {
            Chart chart = Chart.titled("nDCG@10 while learning, " + users, "step", "nDCG@10 of 250 test queries");
            for (String method : DlaStudy.METHODS) {
                TrialResults runs = at(users, method);
                if (!runs.all().isEmpty() && !method.equals(DlaStudy.LOGGING)) {
                    chart = chart.with(Chart.Series.ofRepetitions(method, runs.curves("ndcg")));
                }
            }
            findings.chart(chart);
        }
        Chart propensities = Chart.titled("DLA's propensities", "place", "looked at, relative to the first");
        for (String users : USERS) {
            propensities = propensities.with(
                    Chart.Series.ofRepetitions(users, at(users, DlaStudy.DLA).curves("propensity")));
        }
        findings.chart(propensities)
                .note(
                        "Clicks are simulated: pbm looks by position, ubm by position and last click, ccm goes down the list;"
                                + " shift is pbm whose severity doubles at half time, IPW keeping its old weights. Yahoo!'s and"
                                + " Sogou's data were not to be had.")
                .note(
                        "Every comparison is paired: the same queries, documents and first scorer. Propensities by position"
                                + " alone are no true model of ubm and ccm; their error there says how far off the best such"
                                + " model is.");
    }

    private void judge() {
        findings.judge(
                DlaClaims.BEATS,
                Map.of(
                        "naive", gain(DlaStudy.PBM, DlaStudy.DLA, DlaStudy.NAIVE),
                        "click-model", gain(DlaStudy.PBM, DlaStudy.DLA, DlaStudy.PBM_EM),
                        "labels", gain(DlaStudy.PBM, DlaStudy.LABELS, DlaStudy.DLA)));
        findings.judge(DlaClaims.RANDOMISATION, Map.of("gain", gain(DlaStudy.PBM, DlaStudy.DLA, DlaStudy.IPW)));
        double[] dla = at(DlaStudy.PBM, DlaStudy.DLA).metric("ndcg");
        double[] ipw = at(DlaStudy.PBM, DlaStudy.IPW).metric("ndcg");
        double[] apart = new double[dla.length];
        Arrays.setAll(apart, i -> Math.abs(dla[i] - ipw[i]));
        findings.judge(
                DlaClaims.PROPENSITY,
                Map.of(
                        "error", at(DlaStudy.PBM, DlaStudy.DLA).interval("propensity error"),
                        "rank", Interval.of(apart)));
        findings.judge(
                DlaClaims.OTHER_USERS,
                Map.of(
                        "ubm-naive", gain(DlaStudy.UBM, DlaStudy.DLA, DlaStudy.NAIVE),
                        "ubm-model", gain(DlaStudy.UBM, DlaStudy.DLA, DlaStudy.PBM_EM),
                        "ccm-naive", gain(DlaStudy.CCM, DlaStudy.DLA, DlaStudy.NAIVE),
                        "ccm-model", gain(DlaStudy.CCM, DlaStudy.DLA, DlaStudy.PBM_EM)));
        findings.judge(DlaClaims.ADAPTS, Map.of("gain", gain(DlaStudy.SHIFT, DlaStudy.DLA, DlaStudy.IPW)));
    }

    private Table scarce() {
        Table.Builder table = Table.titled(
                "IPW by the number of randomised sessions with a click, pbm",
                "sessions",
                "nDCG@10",
                "ERR@10",
                "DLA's nDCG@10 less IPW's");
        double[] dla = at(DlaStudy.PBM, DlaStudy.DLA).metric("ndcg");
        for (int sessions : DlaStudy.RANDOMISED) {
            TrialResults runs = at(DlaStudy.SCARCE, DlaStudy.IPW).setting(Integer.toString(sessions));
            scarce(table, sessions, runs, dla);
        }
        scarce(table, randomised, at(DlaStudy.PBM, DlaStudy.IPW), dla);
        return table.build();
    }

    private static void scarce(Table.Builder table, int sessions, TrialResults runs, double[] dla) {
        table.row(
                (double) sessions,
                runs.interval("ndcg"),
                runs.interval("err"),
                Interval.ofPairedDifference(dla, runs.metric("ndcg")));
    }

    private Interval gain(String users, String better, String worse) {
        return Interval.ofPairedDifference(
                at(users, better).metric("ndcg"), at(users, worse).metric("ndcg"));
    }

    private Table table(String title, String metric) {
        List<String> columns = new ArrayList<>(List.of("users"));
        columns.addAll(DlaStudy.METHODS);
        Table.Builder table = Table.titled(title, columns.toArray(String[]::new));
        for (String users : USERS) {
            List<Object> row = new ArrayList<>(List.of(users));
            for (String method : DlaStudy.METHODS) {
                TrialResults runs = at(users, method);
                row.add(runs.all().isEmpty() ? "-" : runs.interval(metric));
            }
            table.row(row.toArray());
        }
        return table.build();
    }

    private TrialResults at(String users, String method) {
        return results.part(users).method(method);
    }
}
