package dev.steelyard.ranking.pairwise;

/**
 * The most likely Bradley-Terry strengths, by Newton's method on their logarithms. The likelihood is concave there; its
 * curvature is a sum over the pairs that met, so that the steps are solved by conjugate gradients and no table of all pairs
 * is kept. Fits of minorisation and maximisation come to the same point, in thousands of iterations where results form a
 * long chain.
 *
 * <p>D. Hunter, MM algorithms for generalized Bradley-Terry models, Annals of Statistics 32, 2004, on when the maximum
 * exists.
 *
 * @param logStrengths natural logarithms of the strengths; of mean 0 when there is no prior
 * @param iterations how many steps it took
 * @param converged whether it stood still before the iterations ran out, or rounding kept it from that
 */
public record BradleyTerryFit(double[] logStrengths, int iterations, boolean converged) {

    /** Steps that do not get smaller over so many are rounding. */
    private static final int STALLED = 100;

    /**
     * Fits.
     *
     * @param wins {@code wins[i][j]}: how often i beat j, a tie half a win each; not negative
     * @param prior wins and losses of each against an imagined item of strength 1
     * @param tolerance it stands still when a step changes no log strength by so much
     * @param iterations at most so many steps
     * @throws IllegalArgumentException if without a prior some items never lost to the others, so that no finite
     *     strengths are most likely
     */
    public static BradleyTerryFit of(double[][] wins, double prior, double tolerance, int iterations) {
        requireFinite(wins);
        return of(PairWins.of(wins), prior, tolerance, iterations);
    }

    static BradleyTerryFit of(PairWins wins, double prior, double tolerance, int iterations) {
        if (prior == 0) {
            requireConnected(wins);
        }
        BradleyTerryLikelihood likelihood = new BradleyTerryLikelihood(wins, prior);
        double[] logStrengths = new double[wins.items()];
        double smallest = Double.POSITIVE_INFINITY;
        int since = 0;
        int iteration = 0;
        while (iteration < iterations && since < STALLED) {
            iteration++;
            double change = likelihood.step(logStrengths);
            if (change < tolerance) {
                return new BradleyTerryFit(logStrengths, iteration, true);
            }
            since = change < smallest ? 0 : since + 1;
            smallest = Math.min(smallest, change);
        }
        return new BradleyTerryFit(logStrengths, iteration, false);
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

    private static void requireConnected(PairWins wins) {
        for (boolean forwards : new boolean[] {true, false}) {
            int reached = wins.reached(forwards);
            if (reached < wins.items()) {
                throw new IllegalArgumentException("no finite strengths are most likely: " + (wins.items() - reached)
                        + " items and the other " + reached
                        + " did not both win and lose against one another; collect more votes or set a prior above 0");
            }
        }
    }
}
