package dev.steelyard.optim.adamp;

import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Curve;
import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.TrialResults;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Turns the trials into judgements, tables and charts. */
final class AdamPReport {

    /** Smaller values are drawn here: a logarithmic axis has no 0, and float64 resolves no less of f. */
    private static final double FLOOR = 1e-16;

    private final Findings findings;
    private final TrialResults toy;
    private final TrialResults network;
    private final Map<String, Double> best;

    AdamPReport(Findings findings, TrialResults toy, TrialResults network, Map<String, Double> best) {
        this.findings = findings;
        this.toy = toy;
        this.network = network;
        this.best = best;
    }

    void write() {
        judgeToy();
        judgeNetwork();
        findings.judge(AdamPClaims.BENCHMARKS, Map.of());
        tables();
        charts();
        notes();
    }

    private void judgeToy() {
        findings.judge(
                AdamPClaims.TOY_NORMS,
                Map.of(
                        "momentum", least(toy(RayleighQuotient.MOMENTUM, "norm growth")),
                        "sgdp", largest(toy(RayleighQuotient.SGDP, "norm growth")),
                        "adamp", largest(toy(RayleighQuotient.ADAMP, "norm growth"))));
        findings.judge(
                AdamPClaims.TOY_SPEED,
                Map.of(
                        "sgdp-500-worst", largest(toyRatio(RayleighQuotient.SGDP, RayleighQuotient.MOMENTUM, 500)),
                        "sgdp-1000-worst", largest(toyRatio(RayleighQuotient.SGDP, RayleighQuotient.MOMENTUM, 1000)),
                        "sgdp-500", meanLog(toyRatio(RayleighQuotient.MOMENTUM, RayleighQuotient.SGDP, 500)),
                        "sgdp-1000", meanLog(toyRatio(RayleighQuotient.MOMENTUM, RayleighQuotient.SGDP, 1000)),
                        "adamp-500-worst", largest(toyRatio(RayleighQuotient.ADAMP, RayleighQuotient.ADAM, 500))));
    }

    private void judgeNetwork() {
        findings.judge(
                AdamPClaims.NETWORK_NORMS,
                Map.of(
                        "sgdp", growthRatio(NetworkTrial.SGDP, NetworkTrial.SGD),
                        "adamp", growthRatio(NetworkTrial.ADAMP, NetworkTrial.ADAMW)));
        findings.judge(AdamPClaims.SGDP_ACCURACY, Map.of("gain", gain(NetworkTrial.SGDP, NetworkTrial.SGD)));
        findings.judge(AdamPClaims.ADAMP_ACCURACY, Map.of("gain", gain(NetworkTrial.ADAMP, NetworkTrial.ADAMW)));
    }

    private void tables() {
        Table.Builder descent = Table.titled(
                "Rayleigh quotient: f after so many steps",
                "method",
                "f after 100",
                "f after 500",
                "f after 1000",
                "f after 2000",
                "norm, end over start");
        for (String method : RayleighQuotient.METHODS) {
            TrialResults results = toy.method(method);
            descent.row(
                    method,
                    results.interval("f@100"),
                    results.interval("f@500"),
                    results.interval("f@1000"),
                    results.interval("f@2000"),
                    results.interval("norm growth"));
        }
        findings.table(descent.build());

        Table.Builder classifier = Table.titled(
                "Network with batch normalisation",
                "method",
                "learning rate",
                "test accuracy",
                "growth of the hidden weights' squared norm");
        for (String method : NetworkTrial.METHODS) {
            for (double rate : rates(method)) {
                TrialResults results = at(method, rate);
                classifier.row(method, rate, results.interval("accuracy"), results.interval("growth"));
            }
        }
        findings.table(classifier.build());

        findings.table(Table.titled("Gain in test accuracy, run by run", "pair", "gain", "runs won")
                .row("SGDP - SGD", gain(NetworkTrial.SGDP, NetworkTrial.SGD), won(NetworkTrial.SGDP, NetworkTrial.SGD))
                .row(
                        "AdamP - AdamW",
                        gain(NetworkTrial.ADAMP, NetworkTrial.ADAMW),
                        won(NetworkTrial.ADAMP, NetworkTrial.ADAMW))
                .build());
    }

    private void charts() {
        Chart value = Chart.titled("Rayleigh quotient: value", "step", "f, geometric mean over starts")
                .onLogarithmicAxis();
        Chart norm = Chart.titled("Rayleigh quotient: norm of the weight", "step", "norm")
                .onLogarithmicAxis();
        for (String method : RayleighQuotient.METHODS) {
            value = value.with(logarithmic(method, toy.method(method).curves("f")));
            norm = norm.with(logarithmic(method, toy.method(method).curves("norm")));
        }
        Chart squaredNorm = Chart.titled(
                        "Network: squared norm of the hidden weights", "step", "squared norm, geometric mean over runs")
                .onLogarithmicAxis();
        Chart effectiveStep = Chart.titled(
                        "Network: effective step size of the hidden weights",
                        "step",
                        "learning rate over squared norm, geometric mean over runs")
                .onLogarithmicAxis();
        Chart loss = Chart.titled("Network: training loss", "step", "cross entropy of a batch (nats)")
                .onLogarithmicAxis();
        for (String method : NetworkTrial.METHODS) {
            for (double rate : rates(method)) {
                String name = method + ", " + AdamPStudy.setting(rate);
                TrialResults results = at(method, rate);
                squaredNorm = squaredNorm.with(logarithmic(name, results.curves("squared norm")));
                effectiveStep = effectiveStep.with(logarithmic(name, results.curves("effective step")));
                loss = loss.with(logarithmic(name, results.curves("loss")));
            }
        }
        findings.chart(value)
                .chart(norm)
                .chart(squaredNorm)
                .chart(effectiveStep)
                .chart(loss);
    }

    private void notes() {
        findings.note("The ImageNet figures are judged by their analogue on the small teacher-student task: the sign of"
                        + " the gain, not its size.")
                .note(
                        "The 13 benchmarks (COCO, WikiText-103, CUB, SOP, audio tagging, adversarial training) were not run;"
                                + " their claim stays undecided.")
                .note(
                        "All runs of the network follow a cosine schedule to 0. Since the projected norms hardly grow, the"
                                + " effective step does not fall by itself: SGDP and AdamP need a schedule.");
    }

    private List<Double> rates(String method) {
        return List.of(best.get(method), AdamPStudy.COMMON_RATES.get(method)).stream()
                .distinct()
                .toList();
    }

    private TrialResults at(String method, double rate) {
        return network.method(method).setting(AdamPStudy.setting(rate));
    }

    private double[] toy(String method, String metric) {
        return toy.method(method).metric(metric);
    }

    private double[] toyRatio(String numerator, String denominator, int step) {
        return ratio(toy(numerator, "f@" + step), toy(denominator, "f@" + step));
    }

    private double[] accuracy(String method) {
        return at(method, best.get(method)).metric("accuracy");
    }

    private Interval gain(String method, String baseline) {
        return Interval.ofPairedDifference(accuracy(method), accuracy(baseline));
    }

    private String won(String method, String baseline) {
        double[] ours = accuracy(method);
        double[] theirs = accuracy(baseline);
        int won = 0;
        for (int run = 0; run < ours.length; run++) {
            won += ours[run] > theirs[run] ? 1 : 0;
        }
        return won + " of " + ours.length;
    }

    private Interval growthRatio(String method, String baseline) {
        return Interval.of(ratio(
                at(method, AdamPStudy.COMMON_RATES.get(method)).metric("growth"),
                at(baseline, AdamPStudy.COMMON_RATES.get(baseline)).metric("growth")));
    }

    private static double[] ratio(double[] numerators, double[] denominators) {
        double[] ratio = new double[numerators.length];
        Arrays.setAll(ratio, i -> numerators[i] / denominators[i]);
        return ratio;
    }

    private static Interval meanLog(double[] values) {
        return Interval.of(map(values, Math::log));
    }

    private static Interval least(double[] values) {
        return Interval.exact(Arrays.stream(values).min().orElseThrow());
    }

    private static Interval largest(double[] values) {
        return Interval.exact(Arrays.stream(values).max().orElseThrow());
    }

    /** The geometric mean with its interval, which, unlike that of the mean, never reaches below 0. */
    private static Chart.Series logarithmic(String name, List<Curve> curves) {
        Chart.Series logs = Chart.Series.ofRepetitions(
                name,
                curves.stream()
                        .map(curve -> new Curve(curve.x(), map(curve.y(), y -> Math.log(Math.max(y, FLOOR)))))
                        .toList());
        return new Chart.Series(
                name,
                logs.x(),
                map(logs.mean(), Math::exp),
                map(logs.lower(), Math::exp),
                map(logs.upper(), Math::exp));
    }

    private static double[] map(double[] values, DoubleUnaryOperator function) {
        return Arrays.stream(values).map(function).toArray();
    }
}
