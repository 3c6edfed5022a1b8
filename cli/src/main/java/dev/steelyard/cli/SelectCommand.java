package dev.steelyard.cli;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.ranking.fairsubset.Committee;
import dev.steelyard.ranking.fairsubset.CommitteeSelector;
import dev.steelyard.ranking.fairsubset.Groups;
import dev.steelyard.ranking.fairsubset.PrefLibFile;
import dev.steelyard.ranking.fairsubset.ScoreFunction;
import dev.steelyard.ranking.fairsubset.SelectionConstraint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Selects a committee. */
@Command(
        name = "select",
        description = "Select k items from many rankings, with seats for groups that the rankings may wrong.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard select --rankings votes.soc --k 10 --rule borda",
            "  steelyard select --rankings votes.soc --groups groups.csv --k 10 --min women=4",
            "  steelyard select --rankings votes.csv --groups groups.csv --k 10 --quotas women"
        })
final class SelectCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Option(
            names = "--rankings",
            paramLabel = "FILE",
            required = true,
            description = "PrefLib .soc or .soi, or .csv with a ranking of names a line, best first.")
    private Path rankings;

    @Option(names = "--groups", paramLabel = "FILE", description = "CSV lines 'item,group'.")
    private Optional<Path> groups;

    @Option(names = "--k", paramLabel = "K", required = true, description = "How many items to select.")
    private int size;

    @Option(
            names = "--rule",
            paramLabel = "NAME",
            defaultValue = "borda",
            description = "sntv, bloc, borda (default), dowdall, truncated-borda, cc, approval-cc, harmonic-borda, pav;"
                    + " with a length where it has one, as in bloc-5.")
    private String rule;

    @Option(names = "--min", paramLabel = "GROUP=N", description = "At least N of a group.")
    private Map<String, Integer> least = Map.of();

    @Option(names = "--max", paramLabel = "GROUP=N", description = "At most N of a group.")
    private Map<String, Integer> most = Map.of();

    @Option(names = "--proportional", description = "Seats in proportion to the groups' sizes.")
    private boolean proportional;

    @Option(names = "--quotas", paramLabel = "GROUP", description = "A table over all numbers of seats for a group.")
    private Optional<String> quotas;

    @Option(
            names = "--exact",
            description = "Search for the best committee where the rule needs it, instead of greedily; may take long.")
    private boolean exact;

    @Option(names = "--all", description = "All committees of most worth, where several are; searches as --exact does.")
    private boolean all;

    @Option(names = "--random-ties", description = "Break ties by --seed; else the item that comes first wins.")
    private boolean randomTies;

    @Mixin
    private SeedOption seed;

    @Option(names = "--complete", description = "Append the items that a ranking leaves out, instead of refusing it.")
    private boolean complete;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws Exception {
        boolean bounded = !least.isEmpty() || !most.isEmpty();
        if (proportional && bounded) {
            throw new IllegalArgumentException("--proportional fixes all seats; leave out --min and --max");
        }
        if (quotas.isPresent() && (proportional || bounded)) {
            throw new IllegalArgumentException(
                    "--quotas shows every number of seats; leave out --min, --max and --proportional");
        }
        PrefLibFile file =
                PrefLibFile.read(rankings, complete ? PrefLibFile.Incomplete.APPEND : PrefLibFile.Incomplete.REFUSE);
        Groups known = groups.isPresent()
                ? PrefLibFile.groups(groups.get(), file.names())
                : Groups.single(file.names().size());
        CommitteeSelector selector = new CommitteeSelector(
                ScoreFunction.named(rule, size),
                exact ? CommitteeSelector.Method.EXACT : CommitteeSelector.Method.GREEDY);
        List<Committee> committees = committees(
                randomTies ? selector.withRandomTies(Seeds.root(seed.seed()).generator("ties")) : selector,
                file,
                known);
        output.print(
                () -> committees.stream().map(c -> row(c, file, known)).toList(),
                out -> committees.forEach(c -> print(c, file, known, out)));
        return 0;
    }

    private List<Committee> committees(CommitteeSelector selector, PrefLibFile file, Groups known) {
        if (quotas.isPresent() && all) {
            throw new IllegalArgumentException("--quotas shows one committee a quota; leave out --all");
        }
        if (quotas.isPresent()) {
            return selector.selectForEachQuota(file.profile(), size, known, number(known, quotas.get()));
        }
        return all
                ? selector.selectAll(file.profile(), size, constraint(known))
                : List.of(selector.select(file.profile(), size, constraint(known)));
    }

    private SelectionConstraint constraint(Groups known) {
        if (proportional) {
            return SelectionConstraint.proportional(known, size);
        }
        int[] lower = new int[known.count()];
        int[] upper = known.sizes();
        least.forEach((group, count) -> lower[number(known, group)] = count);
        most.forEach((group, count) -> upper[number(known, group)] = count);
        for (int g = 0; g < lower.length; g++) {
            // A lower bound above the group's size is reported as such, not as a contradiction of bounds.
            upper[g] = most.containsKey(known.names().get(g)) ? upper[g] : Math.max(upper[g], lower[g]);
        }
        return SelectionConstraint.of(known, lower, upper);
    }

    private static int number(Groups known, String group) {
        int number = known.names().indexOf(group);
        if (number < 0) {
            throw new IllegalArgumentException("there is no group '" + group + "'; there are "
                    + String.join(", ", known.names()) + " (give --groups)");
        }
        return number;
    }

    private static Map<String, Object> row(Committee committee, PrefLibFile file, Groups known) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("items", names(committee, file));
        row.put("value", committee.value());
        row.put("groups", counts(committee, known));
        row.put("optimal", committee.optimal());
        return row;
    }

    private static List<String> names(Committee committee, PrefLibFile file) {
        return committee.items().stream().map(file.names()::get).toList();
    }

    private static Map<String, Integer> counts(Committee committee, Groups known) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int g = 0; g < known.count(); g++) {
            counts.put(known.names().get(g), committee.groupCounts().get(g));
        }
        return counts;
    }

    private void print(Committee committee, PrefLibFile file, Groups known, PrintWriter out) {
        List<String> parts = new ArrayList<>();
        if (known.count() > 1) {
            counts(committee, known).forEach((group, count) -> parts.add(group + " " + count));
        }
        out.printf(
                "%s%s  worth %s%s%n",
                String.join(", ", names(committee, file)),
                parts.isEmpty() ? "" : "  (" + String.join(", ", parts) + ")",
                committee.value(),
                committee.optimal() ? "" : ", greedy: --exact looks for better");
    }
}
