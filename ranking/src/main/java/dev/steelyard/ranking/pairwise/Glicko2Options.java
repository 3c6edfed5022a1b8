package dev.steelyard.ranking.pairwise;

/**
 * Options of {@link Glicko2}, with the defaults of Glickman's description.
 *
 * @param start rating of a new item; 1500
 * @param deviation rating deviation of a new item, which none exceeds, above 0; 350
 * @param volatility of a new item, above 0; 0.06
 * @param tau how much volatilities change, above 0; 0.5
 * @param ballotsPerPeriod ballots that are rated together, at least 1; 50. Glickman's periods hold 10 to 15 games an item
 */
public record Glicko2Options(double start, double deviation, double volatility, double tau, int ballotsPerPeriod) {

    public Glicko2Options {
        if (!Double.isFinite(start)) {
            throw new IllegalArgumentException("start must be finite, not " + start);
        }
        Positive.require("deviation", deviation);
        Positive.require("volatility", volatility);
        Positive.require("tau", tau);
        if (ballotsPerPeriod < 1) {
            throw new IllegalArgumentException("ballotsPerPeriod must be at least 1, not " + ballotsPerPeriod);
        }
    }

    /** 1500, 350, 0.06, 0.5, 50. */
    public static Glicko2Options defaults() {
        return new Glicko2Options(1500, 350, 0.06, 0.5, 50);
    }
}
