package dev.steelyard.online.wtb;

import dev.steelyard.core.study.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Mean losses of an action by how often it was played among the last m plays, from a log: whether repeated exposure helps.
 *
 * @param action whose curve it is
 * @param counts plays at each tally, 1 to m at index 0 to m - 1
 * @param means mean loss at each tally; NaN where there is none
 * @param deviations of the losses at each tally, by one less than their number; NaN where there are fewer than two
 */
public record TallyCurve(int action, long[] counts, double[] means, double[] deviations) {

    /** A play of a log and its loss. */
    public record Play(int action, double loss) {}

    /**
     * Fits the curves of all actions.
     *
     * @param log in the order of the plays
     * @param memory m, at least 1
     * @throws IllegalArgumentException if a loss is not in [0, 1] or an action negative, and the message has its number; or if the
     *     memory is below 1
     */
    public static List<TallyCurve> fit(List<Play> log, int memory) {
        return fit(List.of(log), memory);
    }

    /** The same over several users' logs, each with a memory of its own. */
    static List<TallyCurve> fit(Collection<List<Play>> logs, int memory) {
        int actions = 0;
        for (List<Play> log : logs) {
            actions = Math.max(actions, actions(log));
        }
        MemoryWeights weights = MemoryWeights.uniform(memory);
        long[][] counts = new long[actions][memory];
        double[][] sums = new double[actions][memory];
        double[][] squares = new double[actions][memory];
        for (List<Play> log : logs) {
            Tally tally = new Tally(weights);
            for (Play play : log) {
                int seen = (int) tally.play(play.action()) - 1;
                counts[play.action()][seen]++;
                sums[play.action()][seen] += play.loss();
                squares[play.action()][seen] += play.loss() * play.loss();
            }
        }
        List<TallyCurve> curves = new ArrayList<>();
        for (int action = 0; action < actions; action++) {
            double[] means = new double[memory];
            double[] deviations = new double[memory];
            for (int seen = 0; seen < memory; seen++) {
                long count = counts[action][seen];
                means[seen] = sums[action][seen] / count;
                deviations[seen] = count < 2
                        ? Double.NaN
                        : Math.sqrt(
                                Math.max(0, squares[action][seen] - sums[action][seen] * means[seen]) / (count - 1));
            }
            curves.add(new TallyCurve(action, counts[action], means, deviations));
        }
        return curves;
    }

    /** m. */
    public int memory() {
        return counts.length;
    }

    /** How many plays of the action there are. */
    public long plays() {
        return Arrays.stream(counts).sum();
    }

    /**
     * The mean loss at a tally with its 95 % interval, as if plays were independent of each other; empty where there is none.
     *
     * @param tally 1 to m
     */
    public Optional<Interval> loss(int tally) {
        int count = (int) Math.min(Integer.MAX_VALUE, counts[tally - 1]);
        return count == 0
                ? Optional.empty()
                : Optional.of(Interval.ofMoments(means[tally - 1], deviations[tally - 1], count));
    }

    /**
     * What repeated exposure changes: the loss at tally m less that at 1, with an interval that has at least 95 %; empty where
     * there is no play at either.
     */
    public Optional<Interval> change() {
        return loss(1).flatMap(first -> loss(memory()).map(full -> {
            double mean = full.mean() - first.mean();
            double half = Math.hypot(full.upper() - full.mean(), first.upper() - first.mean());
            return new Interval(mean, mean - half, mean + half, Math.min(first.samples(), full.samples()));
        }));
    }

    private static int actions(List<Play> log) {
        int actions = 0;
        for (int t = 0; t < log.size(); t++) {
            Play play = log.get(t);
            if (play.action() < 0 || !(play.loss() >= 0 && play.loss() <= 1)) {
                throw new IllegalArgumentException("play " + t + " of the log is " + play
                        + "; actions are counted from 0 and losses are in [0, 1]");
            }
            actions = Math.max(actions, play.action() + 1);
        }
        return actions;
    }
}
