package dev.steelyard.online.linearmdp;

/**
 * Estimates of Q(x, a), the loss to come, from one visited pair. Sg is the inverse of gamma I plus the covariance of the
 * features, L the loss from the visit to the episode's end, in [0, H].
 */
public final class Estimators {

    private Estimators() {}

    /** The plain estimate: phi^T Sg phi_visited L. Nearly unbiased; between -H/gamma and H/gamma. */
    public static double plain(double[] phi, double[][] inverse, double[] visited, double suffixLoss) {
        return Vectors.dot(phi, Vectors.times(inverse, visited)) * suffixLoss;
    }

    /**
     * The magnitude-reduced estimate: z L - H min(z, 0) + H m, where z = phi^T Sg phi_visited and m is the mean of min(z,
     * 0) under the policy. The expectation is the plain one's; never below H m, so never below -H sqrt(phi^T Sg phi).
     *
     * @param horizon H
     * @param meanNegativePart m, of {@link #meanNegativePart}
     */
    public static double magnitudeReduced(
            double[] phi,
            double[][] inverse,
            double[] visited,
            double suffixLoss,
            int horizon,
            double meanNegativePart) {
        double z = Vectors.dot(phi, Vectors.times(inverse, visited));
        return z * suffixLoss - horizon * Math.min(z, 0) + horizon * meanNegativePart;
    }

    /**
     * m: the mean of min(phi^T Sg phi', 0) over the pairs of the layer.
     *
     * @param features of the pairs
     * @param weights probability of each pair under the policy, or 1/M for M simulated ones
     */
    public static double meanNegativePart(double[] phi, double[][] inverse, double[][] features, double[] weights) {
        double[] projected = Vectors.times(inverse, phi);
        double mean = 0;
        for (int n = 0; n < features.length; n++) {
            if (weights[n] != 0) {
                mean += weights[n] * Math.min(Vectors.dot(projected, features[n]), 0);
            }
        }
        return mean;
    }

    /**
     * Implicit exploration, for tables without features: L over (q + gamma) at the visited pair, 0 elsewhere (G. Neu,
     * NeurIPS 2015).
     *
     * @param occupancy q, the probability of the pair in its layer
     */
    public static double implicitExploration(boolean visited, double occupancy, double gamma, double suffixLoss) {
        return visited ? suffixLoss / (occupancy + gamma) : 0;
    }
}
