package dev.steelyard.ranking.fairsubset;

import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Curve;
import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Turns the trials into judgements, tables and charts. */
final class FairSubsetReport {

    private static final int SEATS = 4;

    private final Findings findings;
    private final TrialResults results;
    private final List<Integer> voters;

    FairSubsetReport(Findings findings, TrialResults results, List<Integer> voters) {
        this.findings = findings;
        this.results = results;
        this.voters = voters;
    }

    void write() {
        judge();
        tables();
        charts();
        findings.note(
                        "A ratio is the latent worth of what was selected from biased rankings, over the best latent worth of"
                                + " the same score function. The best quota is that of the best mean ratio; its interval is of"
                                + " that quota's ratios and does not count the choice. The best of each election takes the quota"
                                + " that turned out best in each, which nobody knows beforehand; no claim is judged by it.")
                .note("Groups are random halves; bias swaps with phi = .5 and a share lambda of the pairs that can be"
                        + " swapped. The paper's m = 50, k = 10 was not run; urn and single-peaked cultures are built but"
                        + " not in the study.");
    }

    private void judge() {
        findings.judge(
                FairSubsetClaims.QUOTA,
                Map.of(
                        "borda-mallows", Interval.of(best(strength(FairSubsetStudy.BORDA, FairSubsetStudy.MALLOWS))),
                        "borda-ic", Interval.of(best(strength(FairSubsetStudy.BORDA, FairSubsetStudy.IMPARTIAL))),
                        "gain-mallows", gain(strength(FairSubsetStudy.BORDA, FairSubsetStudy.MALLOWS)),
                        "gain-ic", gain(strength(FairSubsetStudy.BORDA, FairSubsetStudy.IMPARTIAL)),
                        "sntv-mallows", Interval.of(best(strength(FairSubsetStudy.SNTV, FairSubsetStudy.MALLOWS))),
                        "sntv-ic", Interval.of(best(strength(FairSubsetStudy.SNTV, FairSubsetStudy.IMPARTIAL))),
                        "bloc-above", least(FairSubsetStudy.BLOC, FairSubsetStudy.SNTV),
                        "bloc-below", least(FairSubsetStudy.BORDA, FairSubsetStudy.BLOC)));
        int most = voters.getLast();
        findings.judge(
                FairSubsetClaims.RANKINGS,
                Map.of(
                        "borda", Interval.of(best(rankings(FairSubsetStudy.BORDA, .3, voters.getFirst()))),
                        "sntv-rise",
                                Interval.ofPairedDifference(
                                        best(rankings(FairSubsetStudy.SNTV, .3, most)),
                                        best(rankings(FairSubsetStudy.SNTV, .3, voters.getFirst()))),
                        "sntv-below",
                                Interval.ofPairedDifference(
                                        best(rankings(FairSubsetStudy.BORDA, .3, most)),
                                        best(rankings(FairSubsetStudy.SNTV, .3, most))),
                        "sntv-unconstrained", unconstrained(rankings(FairSubsetStudy.SNTV, .3, most)),
                        "bloc-unconstrained", unconstrained(rankings(FairSubsetStudy.BLOC, .3, most)),
                        "borda-unconstrained", unconstrained(rankings(FairSubsetStudy.BORDA, .3, most))));
        findings.judge(FairSubsetClaims.SUBMODULAR, Map.of("gain", gain(results.part(FairSubsetStudy.CC))));
        findings.judge(
                FairSubsetClaims.SMOOTHNESS,
                Map.of(
                        "borda-bloc",
                                Interval.ofPairedDifference(alpha(FairSubsetStudy.BORDA), alpha(FairSubsetStudy.BLOC)),
                        "bloc-sntv",
                                Interval.ofPairedDifference(alpha(FairSubsetStudy.BLOC), alpha(FairSubsetStudy.SNTV))));
    }

    private double[] alpha(String rule) {
        return results.part(FairSubsetStudy.SMOOTHNESS).method(rule).metric("alpha");
    }

    private Interval least(String better, String worse) {
        Interval mallows = difference(better, worse, FairSubsetStudy.MALLOWS);
        Interval impartial = difference(better, worse, FairSubsetStudy.IMPARTIAL);
        return mallows.lower() < impartial.lower() ? mallows : impartial;
    }

    private Interval difference(String better, String worse, String culture) {
        return Interval.ofPairedDifference(best(strength(better, culture)), best(strength(worse, culture)));
    }

    private TrialResults strength(String rule, String culture) {
        return strength(rule, culture, .5);
    }

    private TrialResults strength(String rule, String culture, double strength) {
        return results.part(FairSubsetStudy.STRENGTH)
                .method(rule)
                .setting(new Election(culture, strength, 25, 20, SEATS).setting());
    }

    private TrialResults rankings(String rule, double strength, int n) {
        return results.part(FairSubsetStudy.RANKINGS)
                .method(rule)
                .setting(new Election("mallows:0.9", strength, n, 16, SEATS).setting());
    }

    private static Interval unconstrained(TrialResults runs) {
        return runs.interval("unconstrained");
    }

    private static int bestQuota(TrialResults runs) {
        int best = 0;
        for (int q = 1; q <= SEATS; q++) {
            best = runs.interval("q" + q).mean() > runs.interval("q" + best).mean() ? q : best;
        }
        return best;
    }

    private static double[] best(TrialResults runs) {
        return runs.metric("q" + bestQuota(runs));
    }

    /** The mean of maxima, which is above the maximum of means. */
    private static double[] bestOfEach(TrialResults runs) {
        double[] most = runs.metric("q0").clone();
        for (int q = 1; q <= SEATS; q++) {
            double[] ratios = runs.metric("q" + q);
            Arrays.setAll(most, election -> Math.max(most[election], ratios[election]));
        }
        return most;
    }

    private static Interval gain(TrialResults runs) {
        return Interval.ofPairedDifference(best(runs), runs.metric("unconstrained"));
    }

    private void tables() {
        for (String culture : List.of(FairSubsetStudy.MALLOWS, FairSubsetStudy.IMPARTIAL)) {
            Table.Builder table = Table.titled(
                    "Latent worth recovered, " + culture + ", 25 rankings, 4 of 20",
                    "rule",
                    "lambda",
                    "random committee",
                    "without quota",
                    "proportional",
                    "best quota",
                    "quota");
            for (String rule : FairSubsetStudy.RULES) {
                for (double strength : FairSubsetStudy.STRENGTHS) {
                    TrialResults runs = strength(rule, culture, strength);
                    table.row(
                            rule,
                            strength,
                            runs.interval("random"),
                            unconstrained(runs),
                            runs.interval("q" + SEATS / 2),
                            Interval.of(best(runs)),
                            bestQuota(runs) + " of 4");
                }
            }
            findings.table(table.build());
        }
        Table.Builder rankings = Table.titled(
                "Latent worth recovered by number of rankings, Mallows .9, 4 of 16",
                "rule",
                "lambda",
                "rankings",
                "without quota",
                "best quota",
                "best of each election");
        for (String rule : FairSubsetStudy.RULES) {
            for (double strength : List.of(.1, .3)) {
                for (int n : voters) {
                    TrialResults runs = rankings(rule, strength, n);
                    rankings.row(
                            rule,
                            strength,
                            (double) n,
                            unconstrained(runs),
                            Interval.of(best(runs)),
                            Interval.of(bestOfEach(runs)));
                }
            }
        }
        findings.table(rankings.build());
        TrialResults cc = results.part(FairSubsetStudy.CC);
        findings.table(Table.titled(
                        "Chamberlin-Courant, exact, impartial culture, 4 of 12",
                        "without quota",
                        "best quota",
                        "best of each election")
                .row(unconstrained(cc), Interval.of(best(cc)), Interval.of(bestOfEach(cc)))
                .build());
        Table.Builder smoothness = Table.titled(
                "Smoothness, Mallows .8, lambda .5, 10 rankings of 10 (gamma cut at 10)",
                "rule",
                "alpha",
                "gamma(.5)",
                "gamma(.9)");
        for (String rule : FairSubsetStudy.RULES) {
            TrialResults runs = results.part(FairSubsetStudy.SMOOTHNESS).method(rule);
            smoothness.row(rule, runs.interval("alpha"), runs.interval("gamma 0.5"), runs.interval("gamma 0.9"));
        }
        findings.table(smoothness.build());
    }

    private void charts() {
        for (String culture : List.of(FairSubsetStudy.MALLOWS, FairSubsetStudy.IMPARTIAL)) {
            Chart chart = Chart.titled("Best quota, " + culture, "lambda", "share of latent worth");
            for (String rule : FairSubsetStudy.RULES) {
                chart = chart.with(series(
                        rule,
                        FairSubsetStudy.STRENGTHS.stream().mapToDouble(s -> s).toArray(),
                        FairSubsetStudy.STRENGTHS.stream()
                                .map(s -> best(strength(rule, culture, s)))
                                .toList()));
            }
            findings.chart(chart);
        }
        Chart rankings =
                Chart.titled("Best quota by number of rankings, lambda .3", "rankings", "share of latent worth");
        for (String rule : FairSubsetStudy.RULES) {
            rankings = rankings.with(series(
                    rule,
                    voters.stream().mapToDouble(n -> n).toArray(),
                    voters.stream().map(n -> best(rankings(rule, .3, n))).toList()));
        }
        Chart gamma = Chart.titled("Smoothness: gamma(beta)", "beta", "gamma");
        for (String rule : FairSubsetStudy.RULES) {
            gamma = gamma.with(Chart.Series.ofRepetitions(
                    rule, results.part(FairSubsetStudy.SMOOTHNESS).method(rule).curves("gamma")));
        }
        findings.chart(rankings).chart(gamma);
    }

    /** A series whose repetitions are the elections. */
    private static Chart.Series series(String name, double[] x, List<double[]> values) {
        List<Curve> curves = new ArrayList<>();
        for (int run = 0; run < values.getFirst().length; run++) {
            int election = run;
            curves.add(new Curve(
                    Arrays.copyOf(x, x.length),
                    values.stream().mapToDouble(value -> value[election]).toArray()));
        }
        return Chart.Series.ofRepetitions(name, curves);
    }
}
