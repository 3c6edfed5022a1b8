package dev.steelyard.online.bandit;

/**
 * Options of {@link Exp3}.
 *
 * @param arms how many; at least 1
 * @param rate of the exponential weights; above 0
 * @param batch plays of one draw; at least 1
 * @param mixing share of uniform exploration, in [0, 1]; 0 suffices for losses (rather than rewards)
 */
public record Exp3Options(int arms, double rate, int batch, double mixing) {

    public Exp3Options {
        if (arms < 1) {
            throw new IllegalArgumentException("arms must be at least 1, not " + arms);
        }
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate must be above 0 and finite, not " + rate);
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1, not " + batch);
        }
        if (!(mixing >= 0 && mixing <= 1)) {
            throw new IllegalArgumentException("mixing must be in [0, 1], not " + mixing);
        }
    }

    /** The rate of Arora, Dekel and Tewari for a horizon: sqrt(2 ln K / (J K)) for J = horizon / batch draws of K arms. */
    public static Exp3Options forHorizon(int arms, long horizon, int batch) {
        if (horizon < batch || batch < 1) {
            throw new IllegalArgumentException(
                    "horizon must be at least the batch, and the batch at least 1, not " + horizon + " and " + batch);
        }
        double draws = Math.floor((double) horizon / batch);
        return new Exp3Options(arms, Math.sqrt(2 * Math.log(Math.max(arms, 2)) / (draws * arms)), batch, 0);
    }
}
