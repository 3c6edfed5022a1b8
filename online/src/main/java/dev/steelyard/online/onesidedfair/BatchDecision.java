package dev.steelyard.online.onesidedfair;

import java.util.Arrays;

/**
 * What was decided on a batch.
 *
 * @param accepted per instance
 * @param probabilities of acceptance, per instance; what the panel is shown, and the propensities of the log
 * @param draws per instance the number of the hypothesis that was drawn for it, from 0: in its list, or with {@link
 *     SemiBanditFtpl} among the R of the deployed policy; the same for all unless drawn per instance. Instances of one draw
 *     were decided together, which an evaluation of single instances should know
 */
public record BatchDecision(boolean[] accepted, double[] probabilities, int[] draws) {

    @Override
    public boolean equals(Object other) {
        return other instanceof BatchDecision decision
                && Arrays.equals(decision.accepted, accepted)
                && Arrays.equals(decision.probabilities, probabilities)
                && Arrays.equals(decision.draws, draws);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(accepted) + Arrays.hashCode(probabilities)) + Arrays.hashCode(draws);
    }

    @Override
    public String toString() {
        return Arrays.toString(accepted) + " with " + Arrays.toString(probabilities) + " by " + Arrays.toString(draws);
    }
}
