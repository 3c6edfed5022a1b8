package dev.steelyard.ranking.krank;

import dev.steelyard.core.study.Chart;
import dev.steelyard.core.study.Curve;
import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.TrialResults;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the trials into judgements, tables and charts. */
final class KRankReport {

    /** Charts show as many matches of ELO as of the others. */
    private static final int CHART_MATCHES = 3000;

    private final Findings findings;
    private final TrialResults clean;
    private final TrialResults noise;
    private final TrialResults newcomer;
    private final int eloHorizon;

    KRankReport(Findings findings, TrialResults results, int eloHorizon) {
        this.findings = findings;
        this.clean = results.part(KRankStudy.CLEAN);
        this.noise = results.part(KRankStudy.NOISE);
        this.newcomer = results.part(KRankStudy.NEWCOMER);
        this.eloHorizon = eloHorizon;
    }

    void write() {
        judge();
        tables();
        charts();
        notes();
    }

    private void judge() {
        Map<String, Interval> votes = new HashMap<>();
        votes.put("ours", Interval.of(metric(clean, Contender.PAIRS_4, "settled at 0")));
        if (eloHorizon == KRankStudy.ELO_HORIZON) {
            votes.put("ratio", ratio(bestElo(clean, "settled at 0"), metric(clean, Contender.PAIRS_4, "settled at 0")));
        }
        findings.judge(KRankClaims.VOTES, votes);
        findings.judge(
                KRankClaims.PROBABILISTIC,
                Map.of(
                        "settled", Interval.of(metric(clean, Contender.PAIRS_2, "settled at 0")),
                        "error",
                                Interval.ofPairedDifference(
                                        bestElo(clean, "error@3000"), metric(clean, Contender.PAIRS_2, "error@3000")),
                        "noise-settled", Interval.of(metric(noise, Contender.PAIRS_2, "settled at 0.5")),
                        "noise-error",
                                Interval.ofPairedDifference(
                                        bestElo(noise, "error@3000"), metric(noise, Contender.PAIRS_2, "error@3000"))));
        Interval halves = ratio(
                metric(clean, Contender.PAIRS_2, "settled at 0"), metric(clean, Contender.PAIRS_4, "settled at 0"));
        findings.judge(KRankClaims.HALVES, Map.of("at-least", halves, "at-most", halves));
        findings.judge(KRankClaims.SIX, Map.of("error", Interval.of(metric(clean, Contender.PAIRS_6, "error@1500"))));
        findings.judge(
                KRankClaims.MATCHES,
                Map.of(
                        "random", worse(Contender.PAIRS_4_RANDOM, "error@1500"),
                        "random-late", worse(Contender.PAIRS_4_RANDOM, "error@3000"),
                        "skill", worse(Contender.PAIRS_4_SKILL, "error@1500")));
        double[] ours = newcomer.method(KRankTrial.PIVOT).metric("matches");
        findings.judge(
                KRankClaims.NEWCOMER,
                Map.of(
                        "worst", Interval.exact(Arrays.stream(ours).max().orElseThrow()),
                        "random",
                                Interval.ofPairedDifference(
                                        newcomer.method(KRankTrial.RANDOM).metric("matches"), ours)));
    }

    private void tables() {
        table("No noise: squared rank error of 50 models after so many matches", clean, List.of(Contender.values()));
        table("One vote in twenty at random", noise, KRankStudy.NOISE_CONTENDERS);
        Table.Builder joining = Table.titled(
                "A new model of true rank 31 among 51",
                "matches",
                "first rank",
                "matches until it stays within one rank",
                "runs settled within " + KRankTrial.NEWCOMER_MATCHES);
        for (String rule : KRankTrial.NEWCOMER_RULES) {
            TrialResults results = newcomer.method(rule);
            joining.row(rule, results.interval("first rank"), results.interval("matches"), settled(results));
        }
        findings.table(joining.build());
    }

    private void table(String title, TrialResults part, List<Contender> contenders) {
        Table.Builder table = Table.titled(
                title,
                "method",
                "100",
                "300",
                "700",
                "1500",
                "3000",
                "matches until it stays 0",
                "runs settled",
                "matches until it stays at most 0.5");
        for (Contender contender : contenders) {
            TrialResults results = part.method(contender.label());
            table.row(
                    contender.label(),
                    results.interval("error@100"),
                    results.interval("error@300"),
                    results.interval("error@700"),
                    results.interval("error@1500"),
                    results.interval("error@3000"),
                    results.interval("settled at 0"),
                    settled(results),
                    results.interval("settled at 0.5"));
        }
        findings.table(table.build());
    }

    private static String settled(TrialResults results) {
        double[] settled = results.metric("settled");
        return (int) Arrays.stream(settled).sum() + " of " + settled.length;
    }

    private void charts() {
        findings.chart(chart(
                "No noise: ratings and numbers of items",
                clean,
                List.of(
                        Contender.PAIRS_4,
                        Contender.PAIRS_2,
                        Contender.PAIRS_6,
                        Contender.ROBUST_6,
                        Contender.CHAIN_4,
                        Contender.ELO_16,
                        Contender.BRADLEY_TERRY)));
        findings.chart(chart(
                "No noise: who meets, pair sum, K=4",
                clean,
                List.of(Contender.PAIRS_4, Contender.PAIRS_4_RANDOM, Contender.PAIRS_4_SKILL)));
        findings.chart(chart("One vote in twenty at random", noise, KRankStudy.NOISE_CONTENDERS));
        Chart joining = Chart.titled("A new model", "matches since it came", "distance from its true rank");
        for (String rule : KRankTrial.NEWCOMER_RULES) {
            joining = joining.with(
                    Chart.Series.ofRepetitions(rule, newcomer.method(rule).curves("distance")));
        }
        findings.chart(joining);
    }

    private static Chart chart(String title, TrialResults part, List<Contender> contenders) {
        Chart chart = Chart.titled(title, "matches", "squared rank error, mean over models");
        for (Contender contender : contenders) {
            List<Curve> curves = part.method(contender.label()).curves("rank error").stream()
                    .map(KRankReport::beginning)
                    .toList();
            chart = chart.with(Chart.Series.ofRepetitions(contender.label(), curves));
        }
        return chart;
    }

    private static Curve beginning(Curve curve) {
        int points = (int) Arrays.stream(curve.x())
                .filter(matches -> matches <= CHART_MATCHES)
                .count();
        return new Curve(Arrays.copyOf(curve.x(), points), Arrays.copyOf(curve.y(), points));
    }

    private void notes() {
        findings.note("A run that does not settle counts with all its matches (" + eloHorizon
                        + " of ELO without noise, 3000 of the others), so that its mean is a lower bound. A match is one"
                        + " vote, whatever its K.")
                .note(
                        "The paper's bound is used with a minus before the gap of scores and is infinite for pairs that never"
                                + " met: as printed it would have unlike models meet, against the paper's own words. The printed form was not run.")
                .note("The paper's update has no floor under the variance, and without one it turns negative. The pair"
                        + " sum here leaves at least a share of 1e-4; with six items that is not enough, with a floor of"
                        + " 0.3 it is.")
                .note("Bradley-Terry is fitted every 100 matches. ELO's, Glicko-2's and Bradley-Terry's"
                        + " opponents are random, as in the paper; only ELO is the paper's baseline.");
    }

    private Interval worse(Contender contender, String metric) {
        return Interval.ofPairedDifference(metric(clean, contender, metric), metric(clean, Contender.PAIRS_4, metric));
    }

    private static double[] metric(TrialResults part, Contender contender, String metric) {
        return part.method(contender.label()).metric(metric);
    }

    /** The least of the three k in each run, in ELO's favour. */
    private static double[] bestElo(TrialResults part, String metric) {
        double[] best = metric(part, Contender.ELOS.getFirst(), metric);
        for (Contender contender : Contender.ELOS) {
            double[] values = metric(part, contender, metric);
            Arrays.setAll(best, run -> Math.min(best[run], values[run]));
        }
        return best;
    }

    private static Interval ratio(double[] numerators, double[] denominators) {
        double[] ratio = new double[numerators.length];
        Arrays.setAll(ratio, run -> numerators[run] / denominators[run]);
        return Interval.of(ratio);
    }
}
