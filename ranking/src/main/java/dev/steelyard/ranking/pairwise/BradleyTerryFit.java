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
        Pairs pairs = Pairs.of(wins);
        double[] won = new double[size];
        for (int i = 0; i < size; i++) {
            won[i] = prior;
            for (int j = 0; j < size; j++) {
                won[i] += i == j ? 0 : wins[i][j];
            }
        }
        double[] strength = new double[size];
        double[] expected = new double[size];
        Arrays.fill(strength, 1);
        for (int iteration = 1; iteration <= iterations; iteration++) {
            for (int i = 0; i < size; i++) {
                expected[i] = 2 * prior / (strength[i] + 1);
            }
            pairs.add(strength, expected);
            double centre = 0;
            for (int i = 0; i < size; i++) {
                // An item that never met anyone and has no prior keeps its strength.
                expected[i] = expected[i] == 0 ? 0 : Math.log(won[i] / (expected[i] * strength[i]));
                centre += expected[i] / size;
            }
            double change = 0;
            for (int i = 0; i < size; i++) {
                double step = prior == 0 ? expected[i] - centre : expected[i];
                strength[i] *= Math.exp(step);
                change = Math.max(change, Math.abs(step));
            }
            if (change < tolerance) {
                return new BradleyTerryFit(logs(strength), iteration, true);
            }
        }
        return new BradleyTerryFit(logs(strength), iterations, false);
    }

    /** The pairs that met: many more iterations than pairs are run, so they are laid out once. */
    private record Pairs(int[] first, int[] second, double[] met) {

        static Pairs of(double[][] wins) {
            int size = wins.length;
            int count = 0;
            int[] first = new int[size * (size - 1) / 2];
            int[] second = new int[first.length];
            double[] met = new double[first.length];
            for (int i = 1; i < size; i++) {
                for (int j = 0; j < i; j++) {
                    double meetings = wins[i][j] + wins[j][i];
                    if (meetings > 0) {
                        first[count] = i;
                        second[count] = j;
                        met[count++] = meetings;
                    }
                }
            }
            return new Pairs(Arrays.copyOf(first, count), Arrays.copyOf(second, count), Arrays.copyOf(met, count));
        }

        void add(double[] strength, double[] expected) {
            for (int pair = 0; pair < met.length; pair++) {
                int i = first[pair];
                int j = second[pair];
                double share = met[pair] / (strength[i] + strength[j]);
                expected[i] += share;
                expected[j] += share;
            }
        }
    }

    private static double[] logs(double[] strength) {
        return Arrays.stream(strength).map(Math::log).toArray();
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
