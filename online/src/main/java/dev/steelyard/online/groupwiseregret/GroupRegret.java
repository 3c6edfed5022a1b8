package dev.steelyard.online.groupwiseregret;

import java.util.Map;

/**
 * What came of a group so far.
 *
 * @param name the group
 * @param rounds T_g, its rounds that had their outcome
 * @param loss summed loss of what was played; of randomised predictions, its expectation over the drawn group
 * @param ownLoss summed loss of the group's own learner
 * @param baseLoss summed loss of the baseline; NaN if none was given
 * @param hindsight summed loss of the best fixed predictor in hindsight
 * @param recentLoss mean loss over the window of latest rounds
 * @param meanWeight mean weight of the group's own learner in its rounds
 * @param winners how often each group's learner weighed most in this group's rounds, by group name
 */
public record GroupRegret(
        String name,
        long rounds,
        double loss,
        double ownLoss,
        double baseLoss,
        double hindsight,
        double recentLoss,
        double meanWeight,
        Map<String, Long> winners) {

    /** Below so many rounds the guarantee says little. */
    public static final int FEW = 30;

    public GroupRegret {
        winners = Map.copyOf(winners);
    }

    /** Loss beyond the best fixed predictor's; may be negative. */
    public double regret() {
        return loss - hindsight;
    }

    /** The baseline's loss beyond the best fixed predictor's; NaN without baseline. */
    public double baseRegret() {
        return baseLoss - hindsight;
    }

    /** Whether the group has too few rounds for the guarantee to say much. */
    public boolean isSmall() {
        return rounds < FEW;
    }
}
