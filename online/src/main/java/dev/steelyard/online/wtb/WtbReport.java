package dev.steelyard.online.wtb;

import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Turns the trials into judgements, tables and charts. */
final class WtbReport {

    private final Findings findings;
    private final TrialResults results;
    private final List<Integer> horizons;
    private final List<ExposureSetting> ramps;

    WtbReport(Findings findings, TrialResults results, List<Integer> horizons, List<ExposureSetting> ramps) {
        this.findings = findings;
        this.results = results;
        this.horizons = horizons;
        this.ramps = ramps;
    }

    void write() {
        judge();
        List<String> columns = new ArrayList<>(List.of("method"));
        horizons.forEach(horizon -> columns.add("T=" + horizon));
        Table.Builder mixed =
                Table.titled("Regret, half of the actions without exposure effect", columns.toArray(String[]::new));
        for (String method : WtbStudy.MIXED_METHODS) {
            List<Object> row = new ArrayList<>(List.of(method));
            horizons.forEach(horizon -> row.add(mixed(method, horizon).interval("regret")));
            mixed.row(row.toArray());
        }
        findings.table(mixed.build());
        Table.Builder ramp =
                Table.titled("Regret, every action needs exposure", "setting", "method", "regret", "found the best");
        for (ExposureSetting setting : ramps) {
            for (String method : WtbStudy.RAMP_METHODS) {
                TrialResults runs = ramp(method, setting);
                ramp.row(setting.text(), method, runs.interval("regret"), runs.interval("found"));
            }
        }
        Chart chart = Chart.titled("Regret, longest runs", "play", "regret");
        for (String method : WtbStudy.MIXED_METHODS) {
            chart = chart.with(Chart.Series.ofRepetitions(
                    method, mixed(method, horizons.getLast()).curves("regret")));
        }
        findings.table(ramp.build())
                .chart(chart)
                .note(
                        "Regret is of expected losses against repeating the best action from the first play. Ratios to baselines are of"
                                + " the means over runs.")
                .note(
                        "The ramps were tried first and showed no clear advantage over UCB1, which sometimes locks onto the"
                                + " best action by luck and sometimes never finds it; both settings are reported. Below some 5000"
                                + " plays there is no advantage in either.")
                .note("Explore-then-commit plays each action once, in a block of M + (T/K)^(2/3) plays. It tells these"
                        + " plateaus apart with far fewer plays than elimination needs to be sure; its regret grows with"
                        + " T^(2/3), that of elimination has stopped to grow here.");
    }

    private void judge() {
        double[] ours = mixed(WtbStudy.SE_REO, horizons.getLast()).metric("regret");
        findings.judge(
                WtbClaims.BEATS,
                Map.of(
                        "elimination", share(ours, WtbStudy.ELIMINATION),
                        "ucb1", share(ours, WtbStudy.UCB1),
                        "exp3", share(ours, WtbStudy.EXP3),
                        "epsilon-greedy", share(ours, WtbStudy.EPSILON)));
        int quarter = horizons.size() > 2 ? horizons.get(1) : horizons.getFirst();
        findings.judge(
                WtbClaims.FLAT,
                Map.of("growth", ratio(ours, mixed(WtbStudy.SE_REO, quarter).metric("regret"))));
        findings.judge(
                WtbClaims.MEMORY,
                Map.of(
                        "doubled",
                        horizons.stream()
                                .map(horizon -> ratio(
                                        mixed(WtbStudy.SE_REO_DOUBLE, horizon).metric("regret"),
                                        mixed(WtbStudy.SE_REO, horizon).metric("regret")))
                                .max(Comparator.comparingDouble(Interval::mean))
                                .orElseThrow()));
        findings.judge(
                WtbClaims.RAMPS, Map.of("ucb1", worstOnRamps(WtbStudy.UCB1), "exp3", worstOnRamps(WtbStudy.EXP3)));
        findings.judge(
                WtbClaims.COMMIT,
                Map.of("mixed", share(ours, WtbStudy.COMMIT), "ramps", worstOnRamps(WtbStudy.COMMIT)));
        findings.judge(WtbClaims.LOWER, Map.of());
    }

    private Interval worstOnRamps(String baseline) {
        return ramps.stream()
                .map(setting -> ofMeans(
                        ramp(WtbStudy.SE_REO, setting).metric("regret"),
                        ramp(baseline, setting).metric("regret")))
                .max(Comparator.comparingDouble(Interval::mean))
                .orElseThrow();
    }

    /**
     * The ratio of the means, with its interval by the delta method: a run's ratio says little, since single runs of a
     * baseline may be lucky beyond measure.
     */
    private static Interval ofMeans(double[] ours, double[] theirs) {
        double mean = Arrays.stream(theirs).average().orElseThrow();
        double ratio = Arrays.stream(ours).average().orElseThrow() / mean;
        double[] linear = new double[ours.length];
        Arrays.setAll(linear, i -> ratio + (ours[i] - ratio * theirs[i]) / mean);
        return Interval.of(linear);
    }

    private Interval share(double[] ours, String baseline) {
        return ofMeans(ours, mixed(baseline, horizons.getLast()).metric("regret"));
    }

    private static Interval ratio(double[] numerators, double[] denominators) {
        double[] ratio = new double[numerators.length];
        Arrays.setAll(ratio, i -> numerators[i] / denominators[i]);
        return Interval.of(ratio);
    }

    private TrialResults mixed(String method, int horizon) {
        return results.part(WtbStudy.MIXED).method(method).setting(new ExposureSetting(10, 20, horizon).text());
    }

    private TrialResults ramp(String method, ExposureSetting setting) {
        return results.part(WtbStudy.RAMPS).method(method).setting(setting.text());
    }
}
