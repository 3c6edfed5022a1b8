package dev.steelyard.ranking.krank;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.UnknownItemException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Votes as the model of {@link KRank} says: each item performs at its skill plus Gaussian noise, and performances nearer
 * to the one above than a margin are tied with it.
 */
public final class ThurstoneVoter implements SimulatedVoter {

    private final Map<String, Double> skills;
    private final double noise;
    private final double drawMargin;
    private final RandomGenerator random;

    /**
     * Makes a voter.
     *
     * @param skills by item
     * @param noise deviation beta of a performance, above 0
     * @param drawMargin at least 0; 0 never ties
     */
    public ThurstoneVoter(Map<String, Double> skills, double noise, double drawMargin, RandomGenerator random) {
        KRankOptions.requirePositive("noise", noise);
        if (!(drawMargin >= 0)) {
            throw new IllegalArgumentException("drawMargin must be at least 0, not " + drawMargin);
        }
        this.skills = Map.copyOf(skills);
        this.noise = noise;
        this.drawMargin = drawMargin;
        this.random = random;
    }

    @Override
    public Ballot vote(String match, List<String> items) {
        double[] performance = new double[items.size()];
        Arrays.setAll(performance, i -> skill(items.get(i)) + noise * random.nextGaussian());
        int[] order = IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -performance[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] ranks = new int[items.size()];
        for (int k = 1; k < order.length; k++) {
            boolean tied = performance[order[k - 1]] - performance[order[k]] < drawMargin;
            ranks[order[k]] = ranks[order[k - 1]] + (tied ? 0 : 1);
        }
        return Ballot.ranked(match, items, ranks);
    }

    private double skill(String item) {
        Double known = skills.get(item);
        if (known == null) {
            throw new UnknownItemException("the voter's skills do not hold '" + item + "'");
        }
        return known;
    }
}
