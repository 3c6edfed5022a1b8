package dev.steelyard.online.linearmdp;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of {@link AdversarialMdpLearner}: four choices and three constants. The three named algorithms are {@link
 * #logBarrier}, {@link #magnitudeReduced} and {@link #dilated2021}, with constants that learn within thousands of
 * episodes; those of the theory do not.
 *
 * @param regulariser turns costs into a policy
 * @param estimator of the losses to come
 * @param inverse of the covariance
 * @param bonus for uncertainty
 * @param learningRate eta, greater than 0
 * @param bonusScale beta, at least 0; 0 for no bonus
 * @param regularisation gamma, greater than 0
 * @param resamplingRuns runs of {@link Inverse#GEOMETRIC_RESAMPLING} that are averaged
 * @param resamplingTerms terms of its series; 0 for ln(1/(0.01 gamma))/gamma
 */
@RecordBuilder
public record LinearMdpOptions(
        Regulariser regulariser,
        Estimator estimator,
        Inverse inverse,
        Bonus bonus,
        double learningRate,
        double bonusScale,
        double regularisation,
        int resamplingRuns,
        int resamplingTerms) {

    private static final double BONUS_FACTOR = .02;
    private static final double RESAMPLING_PRECISION = .01;
    private static final int RESAMPLING_RUNS = 10;

    /** How Q is estimated; {@link Estimators} has the formulas. */
    public enum Estimator {
        PLAIN,
        MAGNITUDE_REDUCED,
        IMPLICIT_EXPLORATION
    }

    /** How the covariance is inverted; {@link InverseCovariance} has the formulas. */
    public enum Inverse {
        /** Cholesky of gamma I plus the covariance; exact with a {@link KnownModel}. */
        REGULARISED,
        GEOMETRIC_RESAMPLING
    }

    /** Which bonus is subtracted from the estimated loss. */
    public enum Bonus {
        NONE,
        /** The bonuses from here on, added up. */
        UNDILATED,
        /** The same, each later layer's multiplied by 1 + 1/H once more. */
        DILATED
    }

    public LinearMdpOptions {
        requirePositive("learningRate", learningRate);
        requirePositive("regularisation", regularisation);
        if (!(bonusScale >= 0) || Double.isInfinite(bonusScale)) {
            throw new IllegalArgumentException("bonusScale must be finite and at least 0, not " + bonusScale);
        }
        if (resamplingRuns < 1 || resamplingTerms < 0) {
            throw new IllegalArgumentException("resamplingRuns must be at least 1 and resamplingTerms at least 0, not "
                    + resamplingRuns + " and " + resamplingTerms);
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite, not " + value);
        }
    }

    /** Terms of the resampling series in use. */
    int terms() {
        return resamplingTerms > 0 ? resamplingTerms : InverseCovariance.terms(regularisation, RESAMPLING_PRECISION);
    }

    /**
     * Log barrier, plain estimates, dilated bonus: eta = c sqrt(A/(d K)), beta = .02 eta H^2, gamma = .05 eta^2 H^2.
     *
     * @param episodes K
     * @param factor c; 3 is a good choice
     */
    public static LinearMdpOptions logBarrier(LayeredMdp mdp, long episodes, double factor) {
        double eta = factor * Math.sqrt(mdp.actions() / (mdp.dimension() * (double) episodes));
        return of(Regulariser.LOG_BARRIER, Estimator.PLAIN, Inverse.REGULARISED, eta, mdp, .05 * squared(eta, mdp));
    }

    /**
     * The log barrier with the theory's constants for bonus and regularisation: eta = c sqrt(A/(d K)), beta = 8 eta H^2,
     * gamma = 12 eta beta H^2, the least that the analysis asks for. They do not learn within thousands of episodes.
     *
     * @param factor c
     */
    public static LinearMdpOptions logBarrierByTheory(LayeredMdp mdp, long episodes, double factor) {
        LinearMdpOptions practical = logBarrier(mdp, episodes, factor);
        double eta = practical.learningRate();
        double beta = 8 * eta * mdp.horizon() * mdp.horizon();
        return LinearMdpOptionsBuilder.builder(practical)
                .bonusScale(beta)
                .regularisation(12 * eta * beta * mdp.horizon() * mdp.horizon())
                .build();
    }

    /**
     * Exponential weights, magnitude-reduced estimates, dilated bonus: eta = c sqrt(ln A/(d K)), beta = .02 eta H^2, gamma
     * = eta^2 H^2.
     *
     * @param factor c; 1 to 3
     */
    public static LinearMdpOptions magnitudeReduced(LayeredMdp mdp, long episodes, double factor) {
        double eta = factor * Math.sqrt(logActions(mdp) / (mdp.dimension() * (double) episodes));
        return of(Regulariser.ENTROPY, Estimator.MAGNITUDE_REDUCED, Inverse.REGULARISED, eta, mdp, squared(eta, mdp));
    }

    /**
     * The predecessor (H. Luo, C.-Y. Wei, C.-W. Lee, NeurIPS 2021): exponential weights, plain estimates, geometric
     * resampling, dilated bonus: gamma = f K^(-1/3), eta = min(3 sqrt(ln A/(d K)), gamma/H), beta = .02 eta H^2.
     *
     * @param factor f; 1, or .3 where that does better
     */
    public static LinearMdpOptions dilated2021(LayeredMdp mdp, long episodes, double factor) {
        double gamma = factor * Math.pow(episodes, -1.0 / 3);
        double eta =
                Math.min(3 * Math.sqrt(logActions(mdp) / (mdp.dimension() * (double) episodes)), gamma / mdp.horizon());
        return of(Regulariser.ENTROPY, Estimator.PLAIN, Inverse.GEOMETRIC_RESAMPLING, eta, mdp, gamma);
    }

    private static double logActions(LayeredMdp mdp) {
        return Math.log(Math.max(2, mdp.actions()));
    }

    private static double squared(double eta, LayeredMdp mdp) {
        return eta * eta * mdp.horizon() * mdp.horizon();
    }

    private static LinearMdpOptions of(
            Regulariser regulariser, Estimator estimator, Inverse inverse, double eta, LayeredMdp mdp, double gamma) {
        double beta = BONUS_FACTOR * eta * mdp.horizon() * mdp.horizon();
        return new LinearMdpOptions(
                regulariser, estimator, inverse, Bonus.DILATED, eta, beta, gamma, RESAMPLING_RUNS, 0);
    }
}
