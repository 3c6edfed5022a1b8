package dev.steelyard.online.streamingmab;

import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.table.TableRow;
import dev.steelyard.online.table.TableRows;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewards that arms had in the past, read from CSV or JSON lines with the columns {@code arm} and {@code reward}, and if it
 * is there {@code time}: so that a strategy can be tried on them before it runs a service. Each reward answers one pull;
 * which are left shows how far the log reaches.
 *
 * <pre>{@code
 * RewardLog log = RewardLog.read(Path.of("rewards.csv"));
 * for (String arm : log.arms()) {                   // in the order of their first rewards
 *     bandit.offer(arm);
 *     while (bandit.pullBatch(log) > 0) {}
 * }
 * bandit.finish();
 * while (bandit.pullBatch(log) > 0) {}
 * String kept = bandit.selected();
 * }</pre>
 *
 * <p>Rewards of arms that were chosen for their rewards are no fair sample of them; log arms that were tried blindly.
 */
public final class RewardLog implements StreamingBandit.BulkRewards {

    private final Map<String, Deque<Double>> rewards = new LinkedHashMap<>();

    private RewardLog() {}

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if a column is missing, an arm has no name, or time falls; the message has file and
     *     row
     * @throws InvalidOutcomeException if a reward is not in [0, 1]
     */
    public static RewardLog read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(file.toString(), reader);
        }
    }

    /**
     * Reads a log.
     *
     * @param table what it is called in errors
     */
    public static RewardLog read(String table, Reader text) throws IOException {
        RewardLog log = new RewardLog();
        double last = Double.NEGATIVE_INFINITY;
        for (TableRow row : TableRows.read(table, text)) {
            if (row.has("time")) {
                double time = row.number("time");
                if (time < last) {
                    throw row.error("time " + time + " follows " + last + "; sort the rows by time");
                }
                last = time;
            }
            String arm = row.text("arm");
            if (arm.isEmpty()) {
                throw row.error("the arm has no name");
            }
            double reward = row.number("reward");
            if (!(reward >= 0 && reward <= 1)) {
                throw new InvalidOutcomeException(
                        row.error("the reward is " + reward + "; it must be in [0, 1]: scale it by its known range")
                                .getMessage());
            }
            log.rewards.computeIfAbsent(arm, name -> new ArrayDeque<>()).add(reward);
        }
        return log;
    }

    /** The arms, in the order of their first rewards. */
    public List<String> arms() {
        return List.copyOf(rewards.keySet());
    }

    /** How many of an arm's rewards answered no pull yet. */
    public int left(String arm) {
        return rewards.getOrDefault(arm, new ArrayDeque<>()).size();
    }

    /**
     * The mean of an arm's next rewards, which are used up.
     *
     * @throws IllegalStateException if there are fewer; none is used up then
     */
    @Override
    public double mean(String arm, long pulls) {
        if (left(arm) < pulls) {
            throw new IllegalStateException("arm " + arm + " has " + left(arm) + " rewards left where " + pulls
                    + " are asked for; take a coarser accuracy or a shorter horizon, or log more");
        }
        Deque<Double> own = rewards.get(arm);
        double sum = 0;
        for (long n = 0; n < pulls; n++) {
            sum += own.remove();
        }
        return sum / pulls;
    }
}
