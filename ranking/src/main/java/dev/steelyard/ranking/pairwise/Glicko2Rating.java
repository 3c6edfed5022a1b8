package dev.steelyard.ranking.pairwise;

/**
 * A rating of Glicko-2 and its update by the results of one period.
 *
 * @param mean rating, on the scale of 1500
 * @param deviation rating deviation RD
 * @param volatility how much the rating is expected to move
 */
public record Glicko2Rating(double mean, double deviation, double volatility) {

    /** Ratings of the scale of 1500 in one unit of Glicko-2's own scale. */
    static final double SCALE = 173.7178;

    private static final double CENTRE = 1500;
    private static final double CONVERGENCE = 1e-6;

    /**
     * The rating after a period.
     *
     * @param opponents as they were when the period began
     * @param results as many: 1 for a win, 0.5 for a tie, 0 for a loss
     * @param tau how much the volatility changes
     */
    public Glicko2Rating after(Glicko2Rating[] opponents, double[] results, double tau) {
        double phi = deviation / SCALE;
        if (opponents.length == 0) {
            return new Glicko2Rating(mean, SCALE * Math.hypot(phi, volatility), volatility);
        }
        double mu = (mean - CENTRE) / SCALE;
        double information = 0;
        double surprise = 0;
        for (int j = 0; j < opponents.length; j++) {
            double weight = weight(opponents[j].deviation / SCALE);
            double expected = 1 / (1 + Math.exp(-weight * (mu - (opponents[j].mean - CENTRE) / SCALE)));
            information += weight * weight * expected * (1 - expected);
            surprise += weight * (results[j] - expected);
        }
        // Results that are sure beforehand carry no information and leave only the drift.
        double variance = 1 / Math.max(information, Double.MIN_NORMAL);
        double newVolatility = volatility(phi, variance, variance * surprise, tau);
        double drifted = Math.hypot(phi, newVolatility);
        double newPhi = 1 / Math.sqrt(1 / (drifted * drifted) + information);
        return new Glicko2Rating(mean + SCALE * newPhi * newPhi * surprise, SCALE * newPhi, newVolatility);
    }

    /** The expected result against another, by both deviations. */
    public double expected(Glicko2Rating other) {
        double weight = weight(Math.hypot(deviation, other.deviation) / SCALE);
        return 1 / (1 + Math.exp(-weight * (mean - other.mean) / SCALE));
    }

    private static double weight(double phi) {
        return 1 / Math.sqrt(1 + 3 * phi * phi / (Math.PI * Math.PI));
    }

    /** The root of Glickman's f by the Illinois algorithm. */
    private double volatility(double phi, double variance, double delta, double tau) {
        double a = Math.log(volatility * volatility);
        double upper = a;
        double lower;
        if (delta * delta > phi * phi + variance) {
            lower = Math.log(delta * delta - phi * phi - variance);
        } else {
            int k = 1;
            while (slope(a - k * tau, a, phi, variance, delta, tau) < 0) {
                k++;
            }
            lower = a - k * tau;
        }
        double atUpper = slope(upper, a, phi, variance, delta, tau);
        double atLower = slope(lower, a, phi, variance, delta, tau);
        while (Math.abs(lower - upper) > CONVERGENCE) {
            double next = upper + (upper - lower) * atUpper / (atLower - atUpper);
            double atNext = slope(next, a, phi, variance, delta, tau);
            if (atNext * atLower <= 0) {
                upper = lower;
                atUpper = atLower;
            } else {
                atUpper /= 2;
            }
            lower = next;
            atLower = atNext;
        }
        return Math.exp(upper / 2);
    }

    private static double slope(double x, double a, double phi, double variance, double delta, double tau) {
        double e = Math.exp(x);
        double total = phi * phi + variance + e;
        return e * (delta * delta - total) / (2 * total * total) - (x - a) / (tau * tau);
    }
}
