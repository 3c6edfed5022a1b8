package dev.steelyard.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * Runs benchmarks and prints, for each that has a limit or a peer in the same run, how many times the limit it takes. The
 * arguments are JMH's. Times are the least of their iterations: whatever else the machine does only adds to them; the
 * largest stands beside it and tells how quiet the machine was.
 */
public final class Ratios {

    /**
     * A benchmark and what it is held against, with the parameters that tell the two apart; those that both have must
     * agree.
     */
    private record Pair(String subject, Map<String, String> of, String limit, Map<String, String> to) {}

    private static final List<Pair> PAIRS = pairs();

    private Ratios() {}

    private static List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (String learner : List.of("exp3", "epsilon-greedy", "explore-then-commit", "successive-elimination")) {
            pairs.add(new Pair("BanditRound.round", Map.of("learner", learner), "ArmBound.scan", Map.of()));
        }
        pairs.add(new Pair("BanditRound.round", Map.of("learner", "ucb1"), "ArmBound.indices", Map.of()));
        for (String limit : List.of("ArmBound.normals", "ArmBound.betasOfCommons")) {
            pairs.add(new Pair("BanditRound.round", Map.of("learner", "thompson"), limit, Map.of()));
        }
        for (String learner : List.of("hedge", "adaNormalHedge")) {
            pairs.add(new Pair("ExpertRound." + learner, Map.of(), "ExpertRound.exponentials", Map.of()));
        }
        for (String model : List.of("pair-sum", "expectation-propagation", "expectation-propagation-deployed")) {
            pairs.add(new Pair("VoteRating.million", Map.of("model", model), "VoteBound.sixShifts", Map.of()));
        }
        pairs.add(new Pair("VoteRating.million", Map.of("model", "elo"), "VoteBound.sixPowers", Map.of()));
        for (String model : List.of("pair-sum", "elo", "glicko2", "bradley-terry")) {
            pairs.add(new Pair("VoteRating.million", Map.of("model", model), "VoteBound.read", Map.of()));
        }
        pairs.add(new Pair("NextMatch.next", Map.of(), "NextMatch.bounds", Map.of()));
        pairs.add(new Pair("VotePeers.jskills", Map.of(), "VotePeers.steelyard", Map.of()));
        Map<String, String> buffers =
                Map.of("sgd", "0", "signsgd", "0", "momentum", "1", "lion", "1", "adam", "2", "adamw", "2");
        new TreeMap<>(buffers)
                .forEach((optimizer, count) -> pairs.add(new Pair(
                        "OptimizerStep.step",
                        Map.of("optimizer", optimizer),
                        "StepBound.traffic",
                        Map.of("buffers", count))));
        return pairs;
    }

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        Collection<RunResult> results = new Runner(new CommandLineOptions(arguments)).run();
        System.out.printf(
                Locale.ROOT,
                "%n%-78s %12s %12s %12s %8s%n",
                "the least time and the largest",
                "",
                "",
                "limit",
                "ratio");
        for (RunResult result : results) {
            boolean alone = true;
            for (Pair pair : PAIRS) {
                Optional<RunResult> limit = matches(result.getParams(), pair.subject(), pair.of())
                        ? limit(pair, result.getParams(), results)
                        : Optional.empty();
                if (limit.isPresent()) {
                    alone = false;
                    double bound = least(limit.get());
                    line(
                            result,
                            pair.limit(),
                            String.format(Locale.ROOT, "%12.3f %8.2f", bound, least(result) / bound));
                }
            }
            if (alone) {
                line(result, "", "");
            }
        }
    }

    private static void line(RunResult result, String limit, String ratio) {
        System.out.printf(
                Locale.ROOT,
                "%-78s %12.3f %12.3f %s %s %s%n",
                name(result.getParams()),
                least(result),
                largest(result),
                result.getPrimaryResult().getScoreUnit(),
                ratio,
                limit);
    }

    private static String shortName(BenchmarkParams params) {
        String[] parts = params.getBenchmark().split("\\.");
        return parts[parts.length - 2] + "." + parts[parts.length - 1];
    }

    private static String name(BenchmarkParams params) {
        StringBuilder name = new StringBuilder(shortName(params));
        for (String key : params.getParamsKeys()) {
            name.append(' ').append(key).append('=').append(params.getParam(key));
        }
        return name.toString();
    }

    private static boolean matches(BenchmarkParams params, String name, Map<String, String> wanted) {
        return shortName(params).equals(name)
                && wanted.entrySet().stream().allMatch(each -> each.getValue().equals(params.getParam(each.getKey())));
    }

    private static Optional<RunResult> limit(Pair pair, BenchmarkParams subject, Collection<RunResult> results) {
        return results.stream()
                .filter(result -> matches(result.getParams(), pair.limit(), pair.to()))
                .filter(result -> agree(subject, result.getParams()))
                .findFirst();
    }

    private static boolean agree(BenchmarkParams one, BenchmarkParams other) {
        return other.getParamsKeys().stream()
                .filter(one.getParamsKeys()::contains)
                .allMatch(key -> one.getParam(key).equals(other.getParam(key)));
    }

    private static double least(RunResult result) {
        return scores(result).min().orElseThrow();
    }

    private static double largest(RunResult result) {
        return scores(result).max().orElseThrow();
    }

    private static DoubleStream scores(RunResult result) {
        return result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .map(IterationResult::getPrimaryResult)
                .mapToDouble(iteration -> iteration.getScore());
    }
}
