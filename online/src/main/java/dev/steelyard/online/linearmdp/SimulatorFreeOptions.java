package dev.steelyard.online.linearmdp;

/**
 * Options of {@link SimulatorFreeLearner}.
 *
 * @param coverRounds M0, rounds of the policy cover; default 10
 * @param coverEpisodes N0, episodes of such a round; default 10
 * @param epoch W, episodes with the same policy; default 20, at least 2
 * @param exploration delta_e, share of episodes that explore, in (0, 1); default 0.1
 * @param knownBound a0: a state is known if no action's squared norm in the inverse of the cover's covariance is above;
 *     default 10
 * @param learningRate eta; default 3 sqrt(A W/(d K))
 * @param bonusScale beta; default .02 eta H^2
 * @param regularisation gamma; default .05
 */
public record SimulatorFreeOptions(
        int coverRounds,
        int coverEpisodes,
        int epoch,
        double exploration,
        double knownBound,
        double learningRate,
        double bonusScale,
        double regularisation) {

    public SimulatorFreeOptions {
        if (coverRounds < 1 || coverEpisodes < 1) {
            throw new IllegalArgumentException(
                    "coverRounds and coverEpisodes must be at least 1, not " + coverRounds + " and " + coverEpisodes);
        }
        if (epoch < 2) {
            throw new IllegalArgumentException(
                    "epoch must be at least 2, not " + epoch + ": odd and even episodes have different work");
        }
        if (!(exploration > 0 && exploration < 1)) {
            throw new IllegalArgumentException("exploration must be in (0, 1), not " + exploration);
        }
        requirePositive("knownBound", knownBound);
        requirePositive("learningRate", learningRate);
        requirePositive("regularisation", regularisation);
        if (!(bonusScale >= 0) || Double.isInfinite(bonusScale)) {
            throw new IllegalArgumentException("bonusScale must be finite and at least 0, not " + bonusScale);
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite, not " + value);
        }
    }

    /** The defaults for K episodes and epochs of W. */
    public static SimulatorFreeOptions of(LayeredMdp mdp, long episodes, int epoch) {
        double eta = 3 * Math.sqrt(mdp.actions() * (double) epoch / (mdp.dimension() * (double) episodes));
        return new SimulatorFreeOptions(10, 10, epoch, .1, 10, eta, .02 * eta * mdp.horizon() * mdp.horizon(), .05);
    }
}
