package dev.steelyard.ranking;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The items in order, best first.
 *
 * @param entries one an item of the pool, by falling score; equal scores by the order in which the items came
 */
public record Leaderboard(List<Entry> entries) {

    /** The probability of every interval of a leaderboard. */
    public static final double CONFIDENCE = 0.95;

    /**
     * One line.
     *
     * @param rank from 1
     * @param item name
     * @param rating mean and deviation
     * @param score what the order is by
     * @param votes how many ballots named the item
     */
    public record Entry(int rank, String item, Rating rating, double score, long votes) {

        /** Lower end of the {@value Leaderboard#CONFIDENCE} interval of the skill; NaN without deviation. */
        public double lower() {
            return rating.lower(CONFIDENCE);
        }

        /** Upper end of that interval. */
        public double upper() {
            return rating.upper(CONFIDENCE);
        }
    }

    /**
     * How far the order is settled.
     *
     * @param largestDeviation the largest standard deviation of a skill; NaN where there is none
     * @param settledNeighbours share of neighbours in the order that stand in the right order with a probability of at
     *     least {@value Leaderboard#CONFIDENCE}; NaN where there is no deviation
     * @param meanConfidence mean probability, over the neighbours, that they stand in the right order
     */
    public record Convergence(double largestDeviation, double settledNeighbours, double meanConfidence) {}

    public Leaderboard {
        entries = List.copyOf(entries);
    }

    /**
     * The rank of an item, from 1.
     *
     * @throws UnknownItemException if it is not on the board
     */
    public int rank(String item) {
        return entry(item).rank();
    }

    /**
     * The line of an item.
     *
     * @throws UnknownItemException if it is not on the board
     */
    public Entry entry(String item) {
        return entries.stream()
                .filter(entry -> entry.item().equals(item))
                .findFirst()
                .orElseThrow(() -> new UnknownItemException("there is no '" + item + "' on the leaderboard"));
    }

    /** How far the order is settled; a board of fewer than two items is settled. */
    public Convergence convergence() {
        double largest = 0;
        double settled = 0;
        double confidence = 0;
        int pairs = Math.max(0, entries.size() - 1);
        for (Entry entry : entries) {
            largest = Math.max(largest, entry.rating().deviation());
        }
        for (int i = 0; i < pairs; i++) {
            Rating upper = entries.get(i).rating();
            Rating lower = entries.get(i + 1).rating();
            double z = (upper.mean() - lower.mean()) / Math.hypot(upper.deviation(), lower.deviation());
            double ordered = NormalDistribution.of(0, 1).cumulativeProbability(z);
            confidence += ordered;
            settled += ordered >= CONFIDENCE ? 1 : 0;
        }
        if (pairs == 0) {
            return new Convergence(largest, 1, 1);
        }
        return new Convergence(largest, Double.isNaN(largest) ? Double.NaN : settled / pairs, confidence / pairs);
    }
}
