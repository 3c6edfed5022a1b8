package dev.steelyard.online.onesidedfair;

import java.util.Arrays;

/**
 * What was decided on a batch.
 *
 * @param accepted per instance
 * @param probabilities of acceptance, per instance; what the panel is shown, and the propensities of the log
 */
public record BatchDecision(boolean[] accepted, double[] probabilities) {

    @Override
    public boolean equals(Object other) {
        return other instanceof BatchDecision decision
                && Arrays.equals(decision.accepted, accepted)
                && Arrays.equals(decision.probabilities, probabilities);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(accepted) + Arrays.hashCode(probabilities);
    }

    @Override
    public String toString() {
        return Arrays.toString(accepted) + " with " + Arrays.toString(probabilities);
    }
}
