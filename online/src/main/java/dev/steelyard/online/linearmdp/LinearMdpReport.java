package dev.steelyard.online.linearmdp;

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
final class LinearMdpReport {

    private final Findings findings;
    private final TrialResults results;
    private final List<Integer> known;
    private final List<Integer> free;

    LinearMdpReport(Findings findings, TrialResults results, List<Integer> known, List<Integer> free) {
        this.findings = findings;
        this.results = results;
        this.known = known;
        this.free = free;
    }

    void write() {
        judge();
        findings.table(regrets("Regret with a known model", LinearMdpStudy.MODEL, known));
        findings.table(regrets("Regret without a simulator", LinearMdpStudy.FREE, free));
        findings.table(exponents());
        Table.Builder smallest =
                Table.titled("Smallest estimate of a loss to come, longest runs", "method", "estimate");
        for (MdpMethod method : inPart(LinearMdpStudy.MODEL)) {
            if (method != MdpMethod.UNIFORM) {
                smallest.row(
                        method.title(),
                        at(LinearMdpStudy.MODEL, method, known.getLast()).interval("smallest estimate"));
            }
        }
        findings.table(smallest.build())
                .chart(chart("Regret with a known model, longest runs", LinearMdpStudy.MODEL, known.getLast()))
                .chart(chart("Regret without a simulator, longest runs", LinearMdpStudy.FREE, free.getLast()))
                .note("Regret is of exact values against the best fixed policy in hindsight. Every method has the exact"
                        + " covariance and the exact bonus; ratios are of the same MDP and losses, run by run.")
                .note(
                        "The theory's constants do not learn at these K. The constants here were searched once on two draws"
                                + " of this family of MDPs, with like effort for each method; other families were not tried. Rows of other constants"
                                + " show how much hangs on them; they are of fewer runs, and no claim is judged by them.");
    }

    private void judge() {
        int longest = known.getLast();
        double[] better = mean(MdpMethod.DILATED_2021, longest) < mean(MdpMethod.DILATED_2021_SMALL, longest)
                ? regret(MdpMethod.DILATED_2021, longest)
                : regret(MdpMethod.DILATED_2021_SMALL, longest);
        double[] barrier = regret(MdpMethod.LOG_BARRIER, longest);
        double[] reduced = regret(MdpMethod.MAGNITUDE_REDUCED, longest);
        findings.judge(
                LinearMdpClaims.LOG_BARRIER,
                Map.of(
                        "exponent", exponent(MdpMethod.LOG_BARRIER),
                        "ratio", ratio(barrier, better),
                        "uniform", ratio(better, regret(MdpMethod.UNIFORM, longest))));
        findings.judge(
                LinearMdpClaims.MAGNITUDE_REDUCED,
                Map.of("exponent", exponent(MdpMethod.MAGNITUDE_REDUCED), "ratio", ratio(reduced, barrier)));
        findings.judge(
                LinearMdpClaims.SIMULATOR_FREE,
                Map.of("start", freeRatio(free.getFirst()), "end", freeRatio(free.getLast())));
    }

    private Interval freeRatio(int episodes) {
        return ratio(
                at(LinearMdpStudy.FREE, MdpMethod.SIMULATOR_FREE, episodes).metric("regret"),
                at(LinearMdpStudy.FREE, MdpMethod.UNIFORM, episodes).metric("regret"));
    }

    private Table regrets(String title, String part, List<Integer> episodes) {
        List<String> columns = new ArrayList<>(List.of("method"));
        episodes.forEach(k -> columns.add(LinearMdpStudy.setting(k)));
        Table.Builder table = Table.titled(title, columns.toArray(String[]::new));
        for (MdpMethod method : inPart(part)) {
            List<Object> row = new ArrayList<>(List.of(method.title()));
            episodes.forEach(k -> row.add(at(part, method, k).interval("regret")));
            table.row(row.toArray());
        }
        return table.build();
    }

    /** Exponents of each run's regret from the first K to the longest, averaged. */
    private Table exponents() {
        Table.Builder table = Table.titled("Exponent of the regret in K", "method", "from K", "to K", "exponent");
        for (String part : List.of(LinearMdpStudy.MODEL, LinearMdpStudy.FREE)) {
            List<Integer> episodes = part.equals(LinearMdpStudy.MODEL) ? known : free;
            for (MdpMethod method : inPart(part)) {
                table.row(
                        method.title(),
                        (double) episodes.getFirst(),
                        (double) episodes.getLast(),
                        exponent(part, method, episodes));
            }
        }
        return table.build();
    }

    private Chart chart(String title, String part, int episodes) {
        Chart chart = Chart.titled(title, "episode", "regret");
        for (MdpMethod method : inPart(part)) {
            chart = chart.with(Chart.Series.ofRepetitions(
                    method.title(), at(part, method, episodes).curves("regret")));
        }
        return chart;
    }

    private List<MdpMethod> inPart(String part) {
        return Arrays.stream(MdpMethod.values())
                .filter(method ->
                        !results.part(part).method(method.title()).all().isEmpty())
                .toList();
    }

    private TrialResults at(String part, MdpMethod method, int episodes) {
        return results.part(part).method(method.title()).setting(LinearMdpStudy.setting(episodes));
    }

    private double[] regret(MdpMethod method, int episodes) {
        return at(LinearMdpStudy.MODEL, method, episodes).metric("regret");
    }

    private double mean(MdpMethod method, int episodes) {
        return Arrays.stream(regret(method, episodes)).average().orElseThrow();
    }

    private Interval exponent(MdpMethod method) {
        return exponent(LinearMdpStudy.MODEL, method, known);
    }

    private Interval exponent(String part, MdpMethod method, List<Integer> episodes) {
        double[] first = at(part, method, episodes.getFirst()).metric("regret");
        double[] last = at(part, method, episodes.getLast()).metric("regret");
        double[] exponents = new double[first.length];
        double span = Math.log(episodes.getLast() / (double) episodes.getFirst());
        Arrays.setAll(exponents, i -> Math.log(Math.max(last[i], 1) / Math.max(first[i], 1)) / span);
        return Interval.of(exponents);
    }

    private static Interval ratio(double[] numerators, double[] denominators) {
        double[] ratio = new double[numerators.length];
        Arrays.setAll(ratio, i -> numerators[i] / denominators[i]);
        return Interval.of(ratio);
    }
}
