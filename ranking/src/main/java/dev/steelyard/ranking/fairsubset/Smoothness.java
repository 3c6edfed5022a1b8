package dev.steelyard.ranking.fairsubset;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How well a score function keeps apart, within a group, what was apart before the bias: (alpha, beta, gamma). The larger
 * alpha and the smaller gamma, the fewer rankings a quota needs to recover a share beta of the best worth.
 *
 * <p>For functions whose scores do not add up, an item's score is what it adds to a random set of other items.
 *
 * @param latent expected score of each item in a profile
 * @param observed the same after the bias
 * @param groups of the items
 * @param alpha the least expected score over tau_1 n
 * @param alphaError standard error of alpha; 0 if the scores are exact
 * @param scale tau_1 n, the largest score that there can be
 */
public record Smoothness(
        double[] latent, double[] observed, Groups groups, double alpha, double alphaError, double scale) {

    /**
     * From expected scores.
     *
     * @param largestMarginal tau_1, the most that one item can add in one ranking
     * @param voters n
     */
    public static Smoothness of(double[] latent, double[] observed, Groups groups, double largestMarginal, int voters) {
        double scale = largestMarginal * voters;
        return new Smoothness(latent.clone(), observed.clone(), groups, least(latent, observed) / scale, 0, scale);
    }

    private static double least(double[] latent, double[] observed) {
        return Math.min(
                Arrays.stream(latent).min().orElseThrow(),
                Arrays.stream(observed).min().orElseThrow());
    }

    /**
     * Estimates the expected scores of single items by drawing elections.
     *
     * @param draws elections; 500 is usual
     */
    public static Smoothness estimate(
            Culture culture,
            BiasModel bias,
            ScoreFunction function,
            Groups groups,
            int voters,
            int draws,
            RandomGenerator random) {
        return estimate(culture, bias, function, groups, 1, voters, draws, random);
    }

    /**
     * Estimates the expected scores by drawing elections: of functions that do not add up, what an item adds to
     * {@code size - 1} others, drawn for each election.
     *
     * @param size of the committees that will be selected
     * @param draws elections; 500 is usual
     */
    public static Smoothness estimate(
            Culture culture,
            BiasModel bias,
            ScoreFunction function,
            Groups groups,
            int size,
            int voters,
            int draws,
            RandomGenerator random) {
        if (size < 1 || size > groups.items()) {
            throw new IllegalArgumentException(
                    "size must be between 1 and the " + groups.items() + " items, not " + size);
        }
        int m = groups.items();
        double[][] sums = new double[2][m];
        double[][] squares = new double[2][m];
        for (int draw = 0; draw < draws; draw++) {
            RankingProfile profile = culture.sample(voters, m, random);
            RankingProfile observed = bias.apply(profile, groups, random);
            int[] context = function.isSeparable(size) ? new int[0] : context(m, size, random);
            add(scores(function, profile, context), sums[0], squares[0]);
            add(scores(function, observed, context), sums[1], squares[1]);
        }
        double scale = function.largestMarginal(m) * voters;
        double least = Double.POSITIVE_INFINITY;
        double error = 0;
        for (int side = 0; side < 2; side++) {
            for (int item = 0; item < m; item++) {
                sums[side][item] /= draws;
                if (sums[side][item] < least) {
                    least = sums[side][item];
                    double variance = Math.max(0, squares[side][item] / draws - least * least);
                    error = Math.sqrt(variance / draws);
                }
            }
        }
        return new Smoothness(sums[0], sums[1], groups, least / scale, error / scale, scale);
    }

    /** Items in random order, as many as a committee has. */
    private static int[] context(int items, int size, RandomGenerator random) {
        int[] drawn = new int[items];
        for (int i = 0; i < items; i++) {
            int j = random.nextInt(i + 1);
            drawn[i] = drawn[j];
            drawn[j] = i;
        }
        return Arrays.copyOf(drawn, size);
    }

    /** What each item adds to the context but its last item, or, being in there itself, to the context without it. */
    private static double[] scores(ScoreFunction function, RankingProfile profile, int[] context) {
        if (context.length == 0) {
            return function.itemScores(profile);
        }
        int last = context.length - 1;
        double[] scores = new double[profile.items()];
        for (int item = 0; item < scores.length; item++) {
            int sought = item;
            int at = IntStream.range(0, last)
                    .filter(i -> context[i] == sought)
                    .findFirst()
                    .orElse(last);
            MarginalGains gains = new MarginalGains(profile, function, context.length);
            for (int i = 0; i <= last; i++) {
                if (i != at) {
                    gains.add(context[i]);
                }
            }
            scores[item] = gains.gain(item);
        }
        return scores;
    }

    private static void add(double[] scores, double[] sums, double[] squares) {
        for (int item = 0; item < scores.length; item++) {
            sums[item] += scores[item];
            squares[item] += scores[item] * scores[item];
        }
    }

    /**
     * gamma(beta): the largest ratio of observed scores of two items of a group, the second over the first, whose latent
     * scores are in a ratio of at most beta; 0 if there are none.
     */
    public double gamma(double beta) {
        double gamma = 0;
        for (int i = 0; i < latent.length; i++) {
            for (int j = 0; j < latent.length; j++) {
                if (i != j && groups.group(i) == groups.group(j) && latent[j] <= beta * latent[i]) {
                    gamma = Math.max(gamma, ratio(observed[j], observed[i]));
                }
            }
        }
        return gamma;
    }

    private static double ratio(double second, double first) {
        // Two items that are never seen cannot be told apart.
        return first == 0 && second == 0 ? 1 : second / first;
    }

    /** About the standard error of gamma: that of a score over the least observed score. */
    public double gammaError() {
        return alphaError * scale / Arrays.stream(observed).min().orElseThrow();
    }

    /** The least beta of interest: the smallest over the largest latent score. */
    public double leastBeta() {
        return Arrays.stream(latent).min().orElseThrow()
                / Arrays.stream(latent).max().orElseThrow();
    }

    /** How many rankings suffice for a share beta of the best worth, with probability 1 - failure. */
    public OptionalLong requiredRankings(double beta, double failure) {
        return requiredRankings(alpha, gamma(beta), groups.items(), failure);
    }

    /**
     * 2 ln(2m/d) / (alpha^2 (1 - gamma)^2), rounded up.
     *
     * @param failure d, in (0, 1)
     * @return empty if no finite number suffices: alpha is 0 or gamma at least 1
     */
    public static OptionalLong requiredRankings(double alpha, double gamma, int items, double failure) {
        if (!(failure > 0 && failure < 1)) {
            throw new IllegalArgumentException("the probability of failure must be in (0, 1), not " + failure);
        }
        if (!(alpha > 0) || !(gamma < 1)) {
            return OptionalLong.empty();
        }
        double apart = alpha * (1 - gamma);
        double required = Math.ceil(2 * Math.log(2 * items / failure) / (apart * apart));
        return required < Long.MAX_VALUE ? OptionalLong.of((long) required) : OptionalLong.empty();
    }
}
