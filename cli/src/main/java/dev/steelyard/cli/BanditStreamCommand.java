package dev.steelyard.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.streamingmab.RewardLog;
import dev.steelyard.online.streamingmab.StreamingBandit;
import dev.steelyard.online.streamingmab.StreamingFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Strategies for arms that come one by one, tried on logged rewards. */
@Command(
        name = "stream",
        description = {
            "Try strategies for arms that arrive one by one on the rewards that arms had: which arm each keeps, after how"
                    + " many pulls, and how many arms it had to store.",
            "REWARDS is CSV with a header, or JSON lines: arm, reward (0 worst, 1 best), and optionally time. Each reward"
                    + " answers one pull; arms come in the order of their first rewards, and should have been tried blindly."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard bandit stream rewards.csv",
            "  steelyard bandit stream rewards.csv --strategy uniform,loglog,single_memory --horizon 100000 --json"
        })
final class BanditStreamCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Parameters(paramLabel = "REWARDS", description = "Log of rewards.")
    private Path file;

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "loglog",
            description = "uniform, naive, single_memory, log, loglog, logstar, logstar_theory, game_of_arms or random;"
                    + " several by commas (default: loglog).")
    private List<String> strategies;

    @Option(
            names = "--horizon",
            paramLabel = "T",
            description = "Pulls in all, exploration and what follows (default: as many as there are rewards).")
    private Long horizon;

    @Option(
            names = "--accuracy",
            paramLabel = "EPS",
            description = "Coarser ones need fewer rewards of an arm (default: (arms/horizon)^(1/3)).")
    private Double accuracy;

    @Mixin
    private SeedOption seed;

    @Mixin
    private Output output;

    /**
     * What came of a strategy.
     *
     * @param mean of all logged rewards of the arm that it kept
     */
    private record Row(String strategy, String kept, double mean, long pulls, int stored) {}

    /** An arm and the mean of its logged rewards. */
    private record Arm(String name, double mean, int rewards) {}

    @Override
    public Integer call() throws Exception {
        Map<String, Arm> arms = arms();
        long rewards = arms.values().stream().mapToLong(Arm::rewards).sum();
        List<Row> rows = new ArrayList<>();
        for (String strategy : strategies) {
            rows.add(run(strategy, arms, rewards));
        }
        Arm best = arms.values().stream()
                .reduce((one, other) -> other.mean() > one.mean() ? other : one)
                .orElseThrow();
        output.print(() -> json(arms, rewards, best, rows), out -> print(arms, rewards, best, rows, out));
        return 0;
    }

    private RewardLog read() throws IOException {
        try {
            return RewardLog.read(file);
        } catch (InvalidOutcomeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private Map<String, Arm> arms() throws IOException {
        RewardLog log = read();
        Map<String, Arm> arms = new LinkedHashMap<>();
        for (String arm : log.arms()) {
            int rewards = log.left(arm);
            arms.put(arm, new Arm(arm, log.mean(arm, rewards), rewards));
        }
        return arms;
    }

    private Row run(String strategy, Map<String, Arm> arms, long rewards) throws IOException {
        ObjectNode options = JsonNodeFactory.instance
                .objectNode()
                .put("arms", arms.size())
                .put("horizon", horizon == null ? rewards : horizon)
                .put("strategy", strategy);
        if (accuracy != null) {
            options.put("accuracy", accuracy);
        }
        StreamingBandit bandit = (StreamingBandit)
                new StreamingFactory().create(options, seed.seed()).learner();
        RewardLog log = read();
        try {
            for (String arm : arms.keySet()) {
                if (bandit.needsArm()) {
                    bandit.offer(arm);
                    pull(bandit, log);
                }
            }
            bandit.finish();
            pull(bandit, log);
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(strategy + " cannot be tried on " + file + ": " + e.getMessage(), e);
        }
        Arm kept = arms.get(bandit.selected());
        return new Row(strategy, kept.name(), kept.mean(), bandit.pulls(), bandit.mostStored());
    }

    private static void pull(StreamingBandit bandit, RewardLog log) {
        while (!bandit.isCommitted() && bandit.pullBatch(log) > 0) {
            // Until the batch that is out, and those that follow on it, are closed.
        }
    }

    private static void print(Map<String, Arm> arms, long rewards, Arm best, List<Row> rows, PrintWriter out) {
        int width = Math.max(
                4, rows.stream().mapToInt(row -> row.kept().length()).max().orElse(0));
        String form = "%-15s  %-" + width + "s  %11s  %10s  %11s%n";
        out.printf(form, "strategy", "kept", "mean reward", "pulls", "arms stored");
        for (Row row : rows) {
            out.printf(
                    form,
                    row.strategy(),
                    row.kept(),
                    String.format(Locale.ROOT, "%.4f", row.mean()),
                    row.pulls(),
                    row.stored());
        }
        out.printf(
                Locale.ROOT,
                "%n%d arms, %d rewards. The highest mean of all logged rewards has %s: %.4f of %d.%n",
                arms.size(),
                rewards,
                best.name(),
                best.mean(),
                best.rewards());
    }

    private static Map<String, Object> json(Map<String, Arm> arms, long rewards, Arm best, List<Row> rows) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("arms", arms.size());
        json.put("rewards", rewards);
        json.put("best", best);
        json.put("strategies", rows);
        return json;
    }
}
