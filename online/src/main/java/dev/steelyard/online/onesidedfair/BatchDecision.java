package dev.steelyard.online.onesidedfair;

import java.util.Arrays;

/**
 * What was decided on a batch.
 *
 * @param accepted per instance
 * @param probabilities of acceptance, per instance; what the panel is shown, and the propensities of the log
 * @param drawn per instance the number, from 0, of the hypothesis that decided it: in the list, or among the draws of
 *     {@link SemiBanditFtpl}. Equal for all of a batch but for {@link Drawing#PER_INSTANCE}; a log holds it to tell which
 *     decisions stand or fall together
 */
public record BatchDecision(boolean[] accepted, double[] probabilities, int[] drawn) {

    @Override
    public boolean equals(Object other) {
        return other instanceof BatchDecision decision
                && Arrays.equals(decision.accepted, accepted)
                && Arrays.equals(decision.probabilities, probabilities)
                && Arrays.equals(decision.drawn, drawn);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(accepted) + Arrays.hashCode(probabilities)) + Arrays.hashCode(drawn);
    }

    @Override
    public String toString() {
        return Arrays.toString(accepted) + " with " + Arrays.toString(probabilities) + " by " + Arrays.toString(drawn);
    }
}
