package dev.steelyard.online.streamingmab;

import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Curve;
import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the trials into judgements, tables and charts. */
final class StreamingReport {

    private final Findings findings;
    private final TrialResults results;
    private final long horizon;
    private final List<Long> horizons;
    private final List<StreamSetting> sizes;

    /** @param sizes of further streams, of any kind; the first is small enough to keep every arm */
    StreamingReport(
            Findings findings, TrialResults results, long horizon, List<Long> horizons, List<StreamSetting> sizes) {
        this.findings = findings;
        this.results = results;
        this.horizon = horizon;
        this.horizons = horizons;
        this.sizes = sizes;
    }

    void write() {
        judge();
        for (String kind : StreamingStudy.KINDS) {
            Table.Builder table = Table.titled(
                    "Stream '" + kind + "', 500 arms, " + horizon + " pulls",
                    "method",
                    "regret",
                    "over uniform's",
                    "share of pulls to explore",
                    "kept arm's gap over eps",
                    "most stored");
            for (String method : StreamingStudy.METHODS.keySet()) {
                TrialResults runs = stream(method, kind);
                table.row(
                        method,
                        runs.interval("regret"),
                        ratio(method, kind),
                        runs.interval("exploration"),
                        runs.interval("gap"),
                        runs.interval("stored"));
            }
            findings.table(table.build());
        }
        Chart chart = Chart.titled("Regret by horizon, mixed stream", "log10 of pulls", "regret")
                .onLogarithmicAxis();
        Table.Builder scaling =
                Table.titled("Exponent of the regret in the horizon, mixed stream", "method", "exponent");
        for (String method : StreamingStudy.SCALED) {
            scaling.row(method, exponent(method));
            chart = chart.with(Chart.Series.ofRepetitions(method, curves(method)));
        }
        findings.table(sizes()).table(references());
        findings.table(scaling.build())
                .chart(chart)
                .note("The arm that is being tried counts as stored. Batches of more than 100,000 pulls are drawn as"
                        + " Gaussian with the binomial's variance.")
                .note("The naive algorithm has the better bound and the worse constant at this scale. The game of arms"
                        + " ties with uniform exploration here; its advantage needs a larger horizon per arm.");
    }

    private void judge() {
        Map<String, Interval> beats = new LinkedHashMap<>();
        Map.of(
                        "log", StreamingStudy.LOG,
                        "loglog", StreamingStudy.LOGLOG,
                        "logstar", StreamingStudy.LOGSTAR,
                        "single", StreamingStudy.SINGLE)
                .forEach((id, method) ->
                        StreamingStudy.KINDS.forEach(kind -> beats.put(id + "-" + kind, ratio(method, kind))));
        findings.judge(StreamingClaims.BEATS, beats);
        double gap = 0;
        double stored = 0;
        for (String kind : StreamingStudy.KINDS) {
            for (String method : List.of(StreamingStudy.LOG, StreamingStudy.LOGLOG, StreamingStudy.LOGSTAR)) {
                gap = Math.max(gap, largest(stream(method, kind).metric("gap")));
            }
            stored = Math.max(
                    stored, largest(stream(StreamingStudy.LOGSTAR, kind).metric("stored")));
        }
        findings.judge(StreamingClaims.MEMORY, Map.of("stored", Interval.exact(stored), "gap", Interval.exact(gap)));
        findings.judge(
                StreamingClaims.RATE,
                Map.of("least", exponent(StreamingStudy.LOGLOG), "most", exponent(StreamingStudy.LOGLOG)));
        Interval clear = ratio(StreamingStudy.NAIVE, ArmStream.CLEAR);
        Interval mix = ratio(StreamingStudy.NAIVE, ArmStream.MIX);
        findings.judge(StreamingClaims.NAIVE, Map.of("ratio", clear.mean() < mix.mean() ? clear : mix));
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    private TrialResults stream(String method, String kind) {
        return results.part(StreamingStudy.STREAMS).method(method).setting(StreamingStudy.setting(kind, horizon));
    }

    private Interval ratio(String method, String kind) {
        return ratio(
                stream(method, kind).metric("regret"),
                stream(StreamingStudy.UNIFORM, kind).metric("regret"));
    }

    private static Interval ratio(double[] ours, double[] uniform) {
        double[] ratio = new double[ours.length];
        Arrays.setAll(ratio, i -> ours[i] / uniform[i]);
        return Interval.of(ratio);
    }

    private Table sizes() {
        List<String> columns = new ArrayList<>(List.of("method"));
        List<StreamSetting> streams = sizes.stream()
                .flatMap(size -> StreamingStudy.KINDS.stream().map(size::with))
                .toList();
        streams.forEach(stream -> columns.add(stream.text()));
        Table.Builder table =
                Table.titled("Streams of other sizes: regret over uniform's", columns.toArray(String[]::new));
        for (String method : StreamingStudy.SIZED) {
            List<Object> row = new ArrayList<>(List.of(method));
            for (StreamSetting stream : streams) {
                row.add(ratio(sized(method, stream), sized(StreamingStudy.UNIFORM, stream)));
            }
            table.row(row.toArray());
        }
        return table.build();
    }

    /** The few that may keep every arm, or try none, beside the best that keep a few. */
    private Table references() {
        StreamSetting small = sizes.getFirst();
        Table.Builder table = Table.titled(
                "Between a blind choice and all arms kept: regret, " + small.arms() + " arms, " + small.horizon()
                        + " pulls",
                "method",
                ArmStream.CLEAR,
                ArmStream.MIX);
        List<String> methods = new ArrayList<>(StreamingStudy.SIZED);
        methods.addAll(StreamingStudy.REFERENCES);
        for (String method : methods) {
            table.row(
                    method,
                    Interval.of(sized(method, small.with(ArmStream.CLEAR))),
                    Interval.of(sized(method, small.with(ArmStream.MIX))));
        }
        return table.build();
    }

    private double[] sized(String method, StreamSetting stream) {
        return results.part(StreamingStudy.SIZES)
                .method(method)
                .setting(stream.text())
                .metric("regret");
    }

    private double[] scaling(String method, long t) {
        return results.part(StreamingStudy.SCALING)
                .method(method)
                .setting(StreamingStudy.setting(ArmStream.MIX, t))
                .metric("regret");
    }

    /** The slope of log regret on log horizon, run by run. */
    private Interval exponent(String method) {
        double[] first = scaling(method, horizons.getFirst());
        double[] last = scaling(method, horizons.getLast());
        double span = Math.log(horizons.getLast() / (double) horizons.getFirst());
        double[] exponents = new double[first.length];
        Arrays.setAll(exponents, i -> Math.log(last[i] / first[i]) / span);
        return Interval.of(exponents);
    }

    private List<Curve> curves(String method) {
        double[] x = horizons.stream().mapToDouble(Math::log10).toArray();
        List<double[]> regrets = horizons.stream().map(t -> scaling(method, t)).toList();
        List<Curve> curves = new ArrayList<>();
        for (int run = 0; run < regrets.getFirst().length; run++) {
            int seed = run;
            curves.add(new Curve(
                    x.clone(),
                    regrets.stream().mapToDouble(regret -> regret[seed]).toArray()));
        }
        return curves;
    }
}
