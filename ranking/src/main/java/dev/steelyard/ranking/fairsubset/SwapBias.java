package dev.steelyard.ranking.fairsubset;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Swapping bias: in each ranking a share of the pairs that stand well for the disadvantaged group are exchanged, near ones
 * more likely.
 *
 * @param phi in (0, 1): a pair at distance d is drawn with probability in proportion to phi^d
 * @param strength lambda in [0, 1]: floor(lambda times such pairs) exchanges are made
 */
public record SwapBias(double phi, double strength) implements BiasModel {

    public SwapBias {
        if (!(phi > 0 && phi < 1)) {
            throw new IllegalArgumentException("phi must be in (0, 1), not " + phi);
        }
        if (!(strength >= 0 && strength <= 1)) {
            throw new IllegalArgumentException("lambda must be in [0, 1], not " + strength);
        }
    }

    @Override
    public RankingProfile apply(RankingProfile latent, Groups groups, RandomGenerator random) {
        int[][] observed = new int[latent.voters()][];
        for (int v = 0; v < observed.length; v++) {
            observed[v] = apply(latent.ranking(v), groups, random);
        }
        return RankingProfile.of(observed);
    }

    /** The observed ranking for a latent one, both best first; takes as many steps as exchanges times items. */
    public int[] apply(int[] ranking, Groups groups, RandomGenerator random) {
        int[] observed = ranking.clone();
        boolean[] disadvantaged = new boolean[ranking.length];
        for (int place = 0; place < ranking.length; place++) {
            disadvantaged[place] = groups.group(ranking[place]) == 1;
        }
        long exchanges = (long) Math.floor(strength * inversions(ranking, groups));
        for (long exchange = 0; exchange < exchanges; exchange++) {
            int lower = drawLower(disadvantaged, random);
            if (lower < 0) {
                break;
            }
            int upper = drawUpper(disadvantaged, lower, random);
            int kept = observed[lower];
            observed[lower] = observed[upper];
            observed[upper] = kept;
            disadvantaged[upper] = false;
            disadvantaged[lower] = true;
        }
        return observed;
    }

    /** An advantaged item's place, by the weight of all its pairs; -1 if there is no pair. */
    private int drawLower(boolean[] disadvantaged, RandomGenerator random) {
        double total = 0;
        double pairs = 0;
        for (int place = 1; place < disadvantaged.length; place++) {
            // The weights of all pairs with an item above, one place further down.
            pairs = phi * (pairs + (disadvantaged[place - 1] ? 1 : 0));
            total += disadvantaged[place] ? 0 : pairs;
        }
        if (total == 0) {
            return -1;
        }
        double left = random.nextDouble() * total;
        int last = -1;
        pairs = 0;
        for (int place = 1; place < disadvantaged.length; place++) {
            pairs = phi * (pairs + (disadvantaged[place - 1] ? 1 : 0));
            if (!disadvantaged[place] && pairs > 0) {
                last = place;
                left -= pairs;
                if (left < 0) {
                    return place;
                }
            }
        }
        return last;
    }

    private int drawUpper(boolean[] disadvantaged, int lower, RandomGenerator random) {
        int nearest = lower - 1;
        while (!disadvantaged[nearest]) {
            nearest--;
        }
        double total = 0;
        double weight = 1;
        for (int place = nearest; place >= 0; place--) {
            total += disadvantaged[place] ? weight : 0;
            weight *= phi;
        }
        double left = random.nextDouble() * total;
        int last = nearest;
        weight = 1;
        for (int place = nearest; place >= 0; place--) {
            if (disadvantaged[place]) {
                last = place;
                left -= weight;
                if (left < 0) {
                    break;
                }
            }
            weight *= phi;
        }
        return last;
    }

    /** How many pairs of an advantaged and a disadvantaged item have the disadvantaged one above. */
    public static long inversions(int[] ranking, Groups groups) {
        requireTwo(groups);
        long inversions = 0;
        long disadvantagedAbove = 0;
        for (int item : ranking) {
            if (groups.group(item) == 1) {
                disadvantagedAbove++;
            } else {
                inversions += disadvantagedAbove;
            }
        }
        return inversions;
    }

    /**
     * The probability with which each pair is exchanged first.
     *
     * @param ranking best first
     * @return rows are the advantaged items by growing number, columns the disadvantaged ones; all 0 if no disadvantaged
     *     item stands above an advantaged one
     */
    public double[][] probabilities(int[] ranking, Groups groups) {
        requireTwo(groups);
        double[] weights = weights(ranking, groups);
        double total = Arrays.stream(weights).sum();
        int[] ranks = new int[ranking.length];
        for (int rank = 0; rank < ranking.length; rank++) {
            ranks[ranking[rank]] = rank;
        }
        int[] advantaged = members(groups, 0);
        int[] disadvantaged = members(groups, 1);
        double[][] probabilities = new double[advantaged.length][disadvantaged.length];
        for (int i = 0; total > 0 && i < advantaged.length; i++) {
            for (int j = 0; j < disadvantaged.length; j++) {
                probabilities[i][j] = weights[ranks[advantaged[i]] * ranking.length + ranks[disadvantaged[j]]] / total;
            }
        }
        return probabilities;
    }

    private static int[] members(Groups groups, int group) {
        return IntStream.range(0, groups.items())
                .filter(item -> groups.group(item) == group)
                .toArray();
    }

    /** Weight of exchanging place {@code lower} (advantaged) with {@code upper}, at lower * m + upper. */
    private double[] weights(int[] ranking, Groups groups) {
        int m = ranking.length;
        double[] weights = new double[m * m];
        for (int lower = 0; lower < m; lower++) {
            for (int upper = 0; groups.group(ranking[lower]) == 0 && upper < lower; upper++) {
                if (groups.group(ranking[upper]) == 1) {
                    // Relative to neighbours: where there is a pair, there is one of neighbours.
                    weights[lower * m + upper] = Math.pow(phi, lower - upper - 1);
                }
            }
        }
        return weights;
    }

    private static void requireTwo(Groups groups) {
        if (groups.count() > 2) {
            throw new IllegalArgumentException("bias is between two groups, not " + groups.count());
        }
    }
}
