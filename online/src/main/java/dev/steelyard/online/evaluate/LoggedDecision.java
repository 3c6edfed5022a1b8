package dev.steelyard.online.evaluate;

/**
 * A line of a decision log.
 *
 * @param context what was known; null for none
 * @param action what was decided
 * @param propensity the probability with which it was decided, in (0, 1]
 * @param outcome what came back, as the learner takes it
 * @param loss the outcome's loss, which is averaged
 */
public record LoggedDecision<C, A, F>(C context, A action, double propensity, F outcome, double loss) {

    public LoggedDecision {
        if (!(propensity > 0 && propensity <= 1)) {
            throw new IllegalArgumentException("the propensity of a logged decision must be in (0, 1], not "
                    + propensity + "; without it nothing can be evaluated on this log");
        }
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException("the loss of a logged decision must be finite, not " + loss);
        }
    }
}
