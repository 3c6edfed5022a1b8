package dev.steelyard.online.onesidedfair;

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
final class OneSidedFairReport {

    private final Findings findings;
    private final TrialResults results;
    private final List<Integer> horizons;
    private final int middle;
    private final int longest;
    private final double bestFair = best(LendingTrial.ALPHA);
    private final double bestFairer = best(LendingTrial.ALPHA / 2);
    private final double best = best(Double.POSITIVE_INFINITY);

    /**
     * @param middle the horizon at which claims are judged
     * @param longest the horizon that shows where it goes
     */
    OneSidedFairReport(Findings findings, TrialResults results, List<Integer> horizons, int middle, int longest) {
        this.findings = findings;
        this.results = results;
        this.horizons = horizons;
        this.longest = longest;
        this.middle = middle;
    }

    private static double best(double tolerance) {
        Panel panel = LendingEnvironment.panel(LendingTrial.ALPHA, LendingTrial.GAMMA);
        return BestFairPolicy.find(
                        LendingEnvironment.hypotheses(),
                        LendingEnvironment.grid(),
                        LendingEnvironment::probabilityOfOne,
                        panel::dissimilarity,
                        tolerance)
                .error();
    }

    void write() {
        judge();
        tables();
        charts();
        findings.note("Errors are expected errors per instance of the played policy; " + LendingTrial.BATCH
                        + " instances a round, a panel of five of whom three must object to the same pair.")
                .note("Each T is a run of its own, since the penalty T^(1/5) and the learning rate depend on T.")
                .note("Violations rise at first, for the uniform start is fair, and fall slowly after; the rate is"
                        + " judged from the middle T to the longest.");
    }

    private void judge() {
        double[] exp2 = error(LendingMethod.EXP2, middle);
        findings.judge(
                OneSidedFairClaims.ACCURACY,
                Map.of(
                        "gap", Interval.of(minus(exp2, bestFairer)),
                        "progress", Interval.ofPairedDifference(error(LendingMethod.EXP2, horizons.getFirst()), exp2)));
        findings.judge(
                OneSidedFairClaims.FAIRNESS,
                Map.of(
                        "share", share(LendingMethod.EXP2, LendingMethod.NO_PENALTY),
                        "falls",
                                Interval.ofPairedDifference(
                                        violations(LendingMethod.EXP2, middle),
                                        violations(LendingMethod.EXP2, longest))));
        findings.judge(
                OneSidedFairClaims.RATE,
                Map.of(
                        "errors",
                                exponent(
                                        minus(error(LendingMethod.EXP2, horizons.getFirst()), bestFairer),
                                        minus(exp2, bestFairer),
                                        horizons.getFirst(),
                                        middle),
                        "violations",
                                exponent(
                                        violations(LendingMethod.EXP2, middle),
                                        violations(LendingMethod.EXP2, longest),
                                        middle,
                                        longest)));
        findings.judge(
                OneSidedFairClaims.ONE_SIDED,
                Map.of(
                        "cost", beyond(LendingMethod.EXP2, LendingMethod.FULL_INFORMATION),
                        "gain", beyond(LendingMethod.SELF_CONFIRMING, LendingMethod.EXP2)));
        findings.judge(
                OneSidedFairClaims.ORACLE,
                Map.of(
                        "error", Interval.of(error(LendingMethod.FTPL, middle)),
                        "share", share(LendingMethod.FTPL, LendingMethod.FTPL_NO_PENALTY)));
    }

    private void tables() {
        findings.table(table("Error per instance", "error"));
        findings.table(table("Share of rounds with a violation", "violations"));
        findings.table(frontier());
        findings.table(hiddenOutcomes());
        findings.table(Table.titled("The best mixtures, by linear programming", "constraint", "error")
                .row("none", best)
                .row("fair at alpha = 0.2", bestFair)
                .row("fair at alpha - 0.1", bestFairer)
                .build());
    }

    private Table table(String title, String metric) {
        List<String> columns = new ArrayList<>(List.of("method"));
        horizons.forEach(horizon -> columns.add(OneSidedFairStudy.setting(horizon)));
        Table.Builder table = Table.titled(title, columns.toArray(String[]::new));
        for (LendingMethod method : LendingMethod.values()) {
            List<Object> row = new ArrayList<>(List.of(method.title()));
            horizons.forEach(horizon -> row.add(at(method, horizon).interval(metric)));
            table.row(row.toArray());
        }
        return table.build();
    }

    /** From the stored objections: what would have been a violation at other shares of the panel. */
    private Table frontier() {
        List<String> columns = new ArrayList<>(List.of("method", "error"));
        for (double gamma : LendingTrial.FRONTIER) {
            columns.add("gamma " + gamma);
        }
        Table.Builder table = Table.titled(
                "Share of rounds with a violation by gamma, " + OneSidedFairStudy.setting(middle) + ", learnt at gamma "
                        + LendingTrial.GAMMA,
                columns.toArray(String[]::new));
        for (LendingMethod method : LendingMethod.values()) {
            List<Object> row =
                    new ArrayList<>(List.of(method.title(), at(method, middle).interval("error")));
            for (double gamma : LendingTrial.FRONTIER) {
                row.add(at(method, middle).interval(LendingTrial.metric(gamma)));
            }
            table.row(row.toArray());
        }
        return table.build();
    }

    /** Exp2 pays for fairness too, the self-confirming learner does not: without penalty nothing else differs. */
    private Table hiddenOutcomes() {
        return Table.titled(
                        "Hidden outcomes, " + OneSidedFairStudy.setting(middle) + ", "
                                + allErrors(LendingMethod.EXP2).length + " runs",
                        "errs more",
                        "than",
                        "by")
                .row(
                        LendingMethod.EXP2.title(),
                        LendingMethod.FULL_INFORMATION.title(),
                        beyond(LendingMethod.EXP2, LendingMethod.FULL_INFORMATION))
                .row(
                        LendingMethod.SELF_CONFIRMING.title(),
                        LendingMethod.EXP2.title(),
                        beyond(LendingMethod.SELF_CONFIRMING, LendingMethod.EXP2))
                .row(
                        LendingMethod.SELF_CONFIRMING.title(),
                        LendingMethod.NO_PENALTY.title(),
                        beyond(LendingMethod.SELF_CONFIRMING, LendingMethod.NO_PENALTY))
                .build();
    }

    private void charts() {
        Chart error = Chart.titled("Error per instance so far, longest runs", "round", "expected error");
        Chart violations = Chart.titled("Violations so far, longest runs", "round", "share of rounds");
        for (LendingMethod method : LendingMethod.values()) {
            TrialResults runs = at(method, longest);
            error = error.with(Chart.Series.ofRepetitions(method.title(), runs.curves("error")));
            violations = violations.with(Chart.Series.ofRepetitions(method.title(), runs.curves("violations")));
        }
        findings.chart(error).chart(violations);
    }

    /** By how much one method errs more than another, over all runs of the methods that hidden outcomes are about. */
    private Interval beyond(LendingMethod method, LendingMethod other) {
        return Interval.ofPairedDifference(allErrors(method), allErrors(other));
    }

    private double[] allErrors(LendingMethod method) {
        return results.method(method.title())
                .setting(OneSidedFairStudy.setting(middle))
                .metric("error");
    }

    private TrialResults at(LendingMethod method, int horizon) {
        return results.part("").method(method.title()).setting(OneSidedFairStudy.setting(horizon));
    }

    private double[] error(LendingMethod method, int horizon) {
        return at(method, horizon).metric("error");
    }

    private double[] violations(LendingMethod method, int horizon) {
        return at(method, horizon).metric("violations");
    }

    private Interval share(LendingMethod method, LendingMethod baseline) {
        double[] ours = violations(method, middle);
        double[] theirs = violations(baseline, middle);
        double[] share = new double[ours.length];
        Arrays.setAll(share, i -> ours[i] / theirs[i]);
        return Interval.of(share);
    }

    /** The exponent of T times a rate, from one horizon to another; a rate that fell to 0 or below has exponent 0. */
    private static Interval exponent(double[] first, double[] second, int from, int to) {
        double[] exponents = new double[first.length];
        Arrays.setAll(exponents, i -> {
            double growth = second[i] * to / (first[i] * from);
            return growth > 0 ? Math.log(growth) / Math.log(to / (double) from) : 0;
        });
        return Interval.of(exponents);
    }

    private static double[] minus(double[] values, double constant) {
        return Arrays.stream(values).map(value -> value - constant).toArray();
    }
}
