package dev.steelyard.online.experts;

import dev.steelyard.online.InvalidOutcomeException;
import java.util.BitSet;

/** Checks of a round's experts. */
final class AwakeExperts {

    private AwakeExperts() {}

    static void require(int[] awake, int experts) {
        boolean ascending = true;
        for (int i = 0; i < awake.length; i++) {
            if (awake[i] < 0 || awake[i] >= experts) {
                throw new IllegalArgumentException(
                        "there is no expert " + awake[i] + "; there are " + experts + ", counted from 0");
            }
            ascending &= i == 0 || awake[i - 1] < awake[i];
        }
        if (!ascending) {
            requireDifferent(awake, experts);
        }
    }

    private static void requireDifferent(int[] awake, int experts) {
        BitSet seen = new BitSet(experts);
        for (int expert : awake) {
            if (seen.get(expert)) {
                throw new IllegalArgumentException("expert " + expert + " is awake twice");
            }
            seen.set(expert);
        }
    }

    static void requireLosses(int[] awake, double[] probabilities, double[] losses) {
        if (losses.length != awake.length || probabilities.length != awake.length) {
            throw new IllegalArgumentException(awake.length + " experts are awake, but there are "
                    + probabilities.length + " probabilities and " + losses.length + " losses");
        }
        for (int i = 0; i < losses.length; i++) {
            if (!Double.isFinite(losses[i])) {
                throw new InvalidOutcomeException("the loss of expert " + awake[i] + " is " + losses[i]);
            }
        }
    }

    /** Probabilities in proportion to exp of logarithms; uniform if all are minus infinity. */
    static double[] softmax(double[] logarithms) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logarithm : logarithms) {
            largest = Math.max(largest, logarithm);
        }
        double[] probabilities = new double[logarithms.length];
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = largest == Double.NEGATIVE_INFINITY ? 1 : Math.exp(logarithms[i] - largest);
            sum += probabilities[i];
        }
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }
}
