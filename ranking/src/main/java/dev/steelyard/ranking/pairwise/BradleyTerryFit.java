package dev.steelyard.ranking.pairwise;

import java.util.Arrays;

/**
 * Bradley-Terry strengths by minorisation and maximisation: {@code p_i = W_i / sum_j n_ij / (p_i + p_j)} until it stands.
 *
 * <p>D. Hunter, MM algorithms for generalized Bradley-Terry models, Annals of Statistics 32, 2004.
 *
 * @param logStrengths natural logarithms of the strengths; of mean 0 when there is no prior
 * @param iterations how many it took
 * @param converged whether it stood still before the iterations ran out
 */
public record BradleyTerryFit(double[] logStrengths, int iterations, boolean converged) {

    /**
     * Fits.
     *
     * @param wins {@code wins[i][j]}: how often i beat j, a tie half a win each; not negative
     * @param prior wins and losses of each against an imagined item of strength 1
     * @throws IllegalArgumentException if without a prior some items never lost to the others, so that no finite
     *     strengths are most likely
     */
    public static BradleyTerryFit of(double[][] wins, double prior, double tolerance, int iterations) {
        int size = wins.length;
        requireFinite(wins);
        if (prior == 0) {
            requireConnected(wins);
        }
        double[] won = new double[size];
        for (int i = 0; i < size; i++) {
            won[i] = prior;
            for (int j = 0; j < size; j++) {
                won[i] += i == j ? 0 : wins[i][j];
            }
        }
        double[] strength = new double[size];
        double[] next = new double[size];
        Arrays.fill(strength, 1);
        for (int iteration = 1; iteration <= iterations; iteration++) {
            for (int i = 0; i < size; i++) {
                double expected = 2 * prior / (strength[i] + 1);
                for (int j = 0; j < size; j++) {
                    double met = i == j ? 0 : wins[i][j] + wins[j][i];
                    if (met > 0) {
                        expected += met / (strength[i] + strength[j]);
                    }
                }
                // An item that never met anyone and has no prior keeps its strength.
                next[i] = expected == 0 ? strength[i] : won[i] / expected;
            }
            if (prior == 0) {
                centre(next);
            }
            double change = 0;
            for (int i = 0; i < size; i++) {
                change = Math.max(change, Math.abs(Math.log(next[i] / strength[i])));
            }
            double[] swap = strength;
            strength = next;
            next = swap;
            if (change < tolerance) {
                return new BradleyTerryFit(logs(strength), iteration, true);
            }
        }
        return new BradleyTerryFit(logs(strength), iterations, false);
    }

    private static double[] logs(double[] strength) {
        return Arrays.stream(strength).map(Math::log).toArray();
    }

    private static void centre(double[] strength) {
        double mean = Arrays.stream(strength).map(Math::log).average().orElse(0);
        for (int i = 0; i < strength.length; i++) {
            strength[i] /= Math.exp(mean);
        }
    }

    private static void requireFinite(double[][] wins) {
        for (int i = 0; i < wins.length; i++) {
            for (int j = 0; j < wins.length; j++) {
                if (!(wins[i][j] >= 0) || Double.isInfinite(wins[i][j])) {
                    throw new IllegalArgumentException(
                            "wins[" + i + "][" + j + "] must be finite and at least 0, not " + wins[i][j]);
                }
            }
        }
    }

    private static void requireConnected(double[][] wins) {
        for (boolean forwards : new boolean[] {true, false}) {
            boolean[] reached = new boolean[wins.length];
            int[] queue = new int[wins.length];
            int end = 0;
            if (wins.length > 0) {
                reached[0] = true;
                queue[end++] = 0;
            }
            for (int at = 0; at < end; at++) {
                for (int j = 0; j < wins.length; j++) {
                    int i = queue[at];
                    if (!reached[j] && (forwards ? wins[i][j] : wins[j][i]) > 0) {
                        reached[j] = true;
                        queue[end++] = j;
                    }
                }
            }
            if (end < wins.length) {
                throw new IllegalArgumentException("no finite strengths are most likely: " + (wins.length - end)
                        + " items and the other " + end
                        + " did not both win and lose against one another; collect more votes or set a prior above 0");
            }
        }
    }
}
