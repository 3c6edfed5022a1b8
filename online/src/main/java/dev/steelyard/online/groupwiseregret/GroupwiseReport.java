package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.study.Findings;
import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Table;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Turns the trials into judgements and tables. */
final class GroupwiseReport {

    private final Findings findings;
    private final TrialResults results;
    private final Map<RealTable, GroupedTable> tables;

    GroupwiseReport(Findings findings, TrialResults results, Map<RealTable, GroupedTable> tables) {
        this.findings = findings;
        this.results = results;
        this.tables = tables;
    }

    void write() {
        findings.judge(
                GroupwiseClaims.SYNTHETIC,
                Map.of(
                        "mean", leastGain(GroupwiseStudy.MEAN, RegressionTrial.SYNTHETIC_GROUPS),
                        "permutation", leastGain(GroupwiseStudy.PERMUTATION, RegressionTrial.SYNTHETIC_GROUPS)));
        findings.judge(
                GroupwiseClaims.MEDICAL,
                Map.of(
                        "least", leastGain(GroupwiseStudy.MEDICAL, MedicalCosts.GROUPS),
                        "smoker", ratio(GroupwiseStudy.MEDICAL, "smoker")));
        findings.judge(
                GroupwiseClaims.NEGATIVE,
                Map.of(
                        "all",
                        at(GroupwiseStudy.PERMUTATION, GroupwiseStudy.RANDOMISED)
                                .interval("all")));
        findings.judge(
                GroupwiseClaims.PATHS,
                Map.of("group", gain(GroupwiseStudy.PATHS, "B"), "all", gain(GroupwiseStudy.PATHS, "all")));
        findings.judge(
                GroupwiseClaims.ADULT,
                tables.containsKey(RealTable.ADULT)
                        ? Map.of("least", leastGain(RealTable.ADULT.title(), names(RealTable.ADULT)))
                        : Map.of());
        findings.judge(
                GroupwiseClaims.COST,
                tables.containsKey(RealTable.RAND)
                        ? Map.of(
                                "randomised", largestCost(GroupwiseStudy.RANDOMISED),
                                "averaged", largestCost(GroupwiseStudy.AVERAGE))
                        : Map.of());
        for (String part : GroupwiseStudy.SYNTHETIC) {
            table("Synthetic data, label rule " + part + ": regret", part, RegressionTrial.SYNTHETIC_GROUPS);
        }
        table("Data like the medical costs: regret", GroupwiseStudy.MEDICAL, MedicalCosts.GROUPS);
        table("Shortest paths: regret", GroupwiseStudy.PATHS, PathTrial.GROUPS);
        for (RealTable table : RealTable.values()) {
            if (tables.containsKey(table)) {
                table(
                        table.title() + ", " + tables.get(table).examples().size() + " rows: regret",
                        table.title(),
                        names(table));
            } else {
                findings.note(table.missing());
            }
        }
        findings.note("Regret is to the least squares fit of each group's own rows, or to its best fixed path, in"
                        + " hindsight. The single model has the groups' indicators among its features.")
                .note("Averaged predictions are played for convex losses only; their regret is that of the average.")
                .note("A group's own learner is trained on its rows and played on them alone: where groups overlap, no"
                        + " one could play them all. Without the always-on group nothing is learnt of all rows"
                        + " at once; that, and the label rules max and min, are over fewer data sets.")
                .note("The least gain over groups is that of the group with the least mean; its interval does not"
                        + " count the choice.")
                .note("The intervals of real tables are over orders of the same rows, and say nothing of other rows."
                        + " The paper's Adult claim is of incomes as numbers; where only Adult with its label of"
                        + " two values is found, the claim stays undecided and the table is an extra. In the"
                        + " RAND data one linear model is right for all: there the method can only cost.");
    }

    private void table(String title, String part, String[] groups) {
        boolean paths = part.equals(GroupwiseStudy.PATHS);
        List<String> methods = new ArrayList<>(List.of(
                GroupwiseStudy.SINGLE,
                GroupwiseStudy.RANDOMISED,
                paths ? GroupwiseStudy.HEDGE : GroupwiseStudy.AVERAGE));
        if (GroupwiseStudy.SYNTHETIC.contains(part)) {
            methods.add(GroupwiseStudy.NO_ALWAYS);
        }
        List<String> columns = new ArrayList<>(List.of("group"));
        columns.addAll(methods);
        if (!paths) {
            columns.add("the group's own learner");
        }
        columns.add("gain of the randomised");
        Table.Builder table = Table.titled(title, columns.toArray(String[]::new));
        for (String group : groups) {
            List<Object> row = new ArrayList<>(List.of(group));
            methods.forEach(method -> row.add(at(part, method).interval(group)));
            if (!paths) {
                row.add(at(part, GroupwiseStudy.RANDOMISED).interval(RegressionTrial.own(group)));
            }
            row.add(gain(part, group));
            table.row(row.toArray());
        }
        findings.table(table.build());
    }

    private String[] names(RealTable table) {
        return tables.get(table).specification().names().toArray(String[]::new);
    }

    private Interval leastGain(String part, String[] groups) {
        return Arrays.stream(groups)
                .map(group -> gain(part, group))
                .min(Comparator.comparingDouble(Interval::mean))
                .orElseThrow();
    }

    private Interval largestCost(String method) {
        String part = RealTable.RAND.title();
        return Arrays.stream(names(RealTable.RAND))
                .map(group -> Interval.ofPairedDifference(
                        at(part, method).metric(group),
                        at(part, GroupwiseStudy.SINGLE).metric(group)))
                .max(Comparator.comparingDouble(Interval::mean))
                .orElseThrow();
    }

    private Interval gain(String part, String group) {
        return Interval.ofPairedDifference(
                at(part, GroupwiseStudy.SINGLE).metric(group),
                at(part, GroupwiseStudy.RANDOMISED).metric(group));
    }

    private Interval ratio(String part, String group) {
        double[] ours = at(part, GroupwiseStudy.RANDOMISED).metric(group);
        double[] theirs = at(part, GroupwiseStudy.SINGLE).metric(group);
        double[] ratio = new double[ours.length];
        Arrays.setAll(ratio, i -> ours[i] / theirs[i]);
        return Interval.of(ratio);
    }

    private TrialResults at(String part, String method) {
        return results.part(part).method(method);
    }
}
