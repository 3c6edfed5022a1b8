package dev.steelyard.online.linearmdp;

import java.util.random.RandomGenerator;

/** Draws from finite distributions. */
final class Draws {

    private Draws() {}

    /** A number drawn with its probability; the last possible one guards against rounding. */
    static int from(double[] probabilities, RandomGenerator random) {
        double left = random.nextDouble();
        int last = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i] > 0) {
                last = i;
                left -= probabilities[i];
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }
}
