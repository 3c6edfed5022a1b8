package dev.steelyard.ranking.fairsubset;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Utility bias: a voter's latent utility of an item is the item's quality plus noise, uniform on [0, 1]; what it observes of
 * the disadvantaged group is theta times that.
 *
 * @param theta in [0, 1]; 1 for no bias
 */
public record UtilityBias(double theta) {

    public UtilityBias {
        if (!(theta >= 0 && theta <= 1)) {
            throw new IllegalArgumentException("theta must be in [0, 1], not " + theta);
        }
    }

    /** Rankings by latent and by observed utility. */
    public record Profiles(RankingProfile latent, RankingProfile observed) {}

    /**
     * Draws voters.
     *
     * @param qualities omega of the items
     */
    public Profiles sample(int voters, double[] qualities, Groups groups, RandomGenerator random) {
        double[] thetas = new double[voters];
        Arrays.fill(thetas, theta);
        return sample(thetas, qualities, groups, random);
    }

    /**
     * Draws voters who are not equally biased.
     *
     * @param thetas one a voter, each in [0, 1]
     * @param qualities omega of the items
     */
    public static Profiles sample(double[] thetas, double[] qualities, Groups groups, RandomGenerator random) {
        int[][] latent = new int[thetas.length][];
        int[][] observed = new int[thetas.length][];
        for (int v = 0; v < thetas.length; v++) {
            double theta = new UtilityBias(thetas[v]).theta();
            double[] utilities = new double[qualities.length];
            double[] seen = new double[qualities.length];
            for (int item = 0; item < utilities.length; item++) {
                utilities[item] = qualities[item] + random.nextDouble();
                seen[item] = groups.group(item) == 1 ? theta * utilities[item] : utilities[item];
            }
            latent[v] = decreasing(utilities);
            observed[v] = decreasing(seen);
        }
        return new Profiles(RankingProfile.of(latent), RankingProfile.of(observed));
    }

    private static int[] decreasing(double[] utilities) {
        return IntStream.range(0, utilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer item) -> -utilities[item]))
                .mapToInt(item -> item)
                .toArray();
    }
}
