package dev.steelyard.online.linearmdp;

/** What an action's uncertainty is worth. */
public final class Bonuses {

    private Bonuses() {}

    /**
     * b(x, a) = beta (|phi(x,a)|^2 + sum_a' pi(a'|x) |phi(x,a')|^2), norms in Sg, for all actions of a state.
     *
     * @param beta at least 0
     * @param features of the state's actions
     * @param policy of the state
     */
    public static double[] of(double beta, double[][] inverse, double[][] features, double[] policy) {
        double[] bonuses = new double[features.length];
        double mean = 0;
        for (int a = 0; a < bonuses.length; a++) {
            bonuses[a] = Vectors.squaredNorm(features[a], inverse);
            mean += policy[a] * bonuses[a];
        }
        for (int a = 0; a < bonuses.length; a++) {
            bonuses[a] = beta * (bonuses[a] + mean);
        }
        return bonuses;
    }

    /** The factor by which the bonus of the next layer is dilated: 1 + 1/H. */
    public static double dilation(int horizon) {
        return 1 + 1.0 / horizon;
    }
}
