package dev.steelyard.online;

import java.util.Arrays;

/**
 * Adds up a learner's loss and a comparator's, and keeps their difference at evenly spaced rounds for a curve.
 *
 * <p>Sums are compensated (Kahan-Neumaier), so that long runs lose nothing to rounding.
 */
public final class RegretMeter {

    private final long horizon;
    private final double[] rounds;
    private final double[] regrets;
    private double regret;
    private double compensation;
    private long round;
    private int points;

    /**
     * @param horizon rounds that will be added
     * @param points how many points of the curve to keep; at least 1
     */
    public RegretMeter(long horizon, int points) {
        if (horizon < 1 || points < 1) {
            throw new IllegalArgumentException(
                    "horizon and points must be at least 1, not " + horizon + " and " + points);
        }
        this.horizon = horizon;
        int kept = (int) Math.min(horizon, points);
        this.rounds = new double[kept];
        this.regrets = new double[kept];
    }

    /** Adds a round. */
    public void add(double loss, double comparatorLoss) {
        double term = loss - comparatorLoss;
        double sum = regret + term;
        compensation += Math.abs(regret) >= Math.abs(term) ? (regret - sum) + term : (term - sum) + regret;
        regret = sum;
        round++;
        if (points < rounds.length && round >= Math.ceil((points + 1) * (double) horizon / rounds.length)) {
            rounds[points] = round;
            regrets[points] = regret();
            points++;
        }
    }

    /** Loss so far beyond the comparator's. */
    public double regret() {
        return regret + compensation;
    }

    /** Rounds so far. */
    public long rounds() {
        return round;
    }

    /** The rounds at which the curve was taken so far. */
    public double[] curveRounds() {
        return Arrays.copyOf(rounds, points);
    }

    /** The regret at {@link #curveRounds}. */
    public double[] curve() {
        return Arrays.copyOf(regrets, points);
    }
}
