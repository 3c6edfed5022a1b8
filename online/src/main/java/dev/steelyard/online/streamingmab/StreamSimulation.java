package dev.steelyard.online.streamingmab;

import java.util.HashMap;
import java.util.Map;

/**
 * What an exploration did on a stream of arms with known means.
 *
 * @param regret sum over all pulls of the best mean less the pulled arm's, commitment included
 * @param explorationPulls pulls before the commitment
 * @param explorationRegret their regret
 * @param kept number of the arm that was committed to
 * @param mostStored most arms stored at a time, the one being tried included
 */
public record StreamSimulation(
        double regret, long explorationPulls, double explorationRegret, int kept, int mostStored) {

    /** Mean rewards of so many pulls of an arm. */
    @FunctionalInterface
    public interface Rewards {
        /** The mean of {@code pulls} rewards whose expectation is {@code expected}. */
        double mean(double expected, long pulls);
    }

    /** Plays all arms in order, then the kept one until the horizon. */
    public static StreamSimulation run(StreamScale scale, Exploration exploration, double[] means, Rewards rewards) {
        StreamingBandit bandit = new StreamingBandit(scale, exploration);
        double best = 0;
        for (double mean : means) {
            best = Math.max(best, mean);
        }
        double top = best;
        Map<String, Long> pulled = new HashMap<>();
        StreamingBandit.BulkRewards source = (arm, pulls) -> {
            pulled.merge(arm, pulls, Long::sum);
            return rewards.mean(means[Integer.parseInt(arm)], pulls);
        };
        for (int arm = 0; arm < means.length && bandit.pulls() < scale.horizon(); arm++) {
            bandit.offer(Integer.toString(arm));
            drain(bandit, source);
        }
        bandit.finish();
        drain(bandit, source);
        double explored = pulled.entrySet().stream()
                .mapToDouble(entry -> entry.getValue() * (top - means[Integer.parseInt(entry.getKey())]))
                .sum();
        int kept = Integer.parseInt(bandit.selected());
        double regret = explored + (scale.horizon() - bandit.pulls()) * (top - means[kept]);
        return new StreamSimulation(regret, bandit.pulls(), explored, kept, bandit.mostStored());
    }

    private static void drain(StreamingBandit bandit, StreamingBandit.BulkRewards source) {
        while (bandit.pullBatch(source) > 0) {
            // Each call is one batch; promotions follow at once.
        }
    }
}
