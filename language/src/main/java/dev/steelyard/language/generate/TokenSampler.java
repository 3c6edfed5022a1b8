package dev.steelyard.language.generate;

import dev.steelyard.core.study.Seeds;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Chooses tokens from logits, one after another. */
final class TokenSampler {

    private final SamplingOptions options;
    private final RandomGenerator random;

    TokenSampler(SamplingOptions options) {
        this.options = options;
        random = Seeds.root(options.seed()).generator("tokens");
    }

    /**
     * The next token.
     *
     * @throws IllegalStateException if a logit is NaN, or none is finite
     */
    int next(float[] logits) {
        int best = likeliest(logits);
        return options.temperature() == 0 ? best : draw(logits, logits[best]);
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int i = 0; i < logits.length; i++) {
            if (Float.isNaN(logits[i])) {
                throw new IllegalStateException("the logit of token " + i
                        + " is NaN: the model's weights are damaged; load an earlier checkpoint");
            }
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        if (Float.isInfinite(logits[best])) {
            throw new IllegalStateException("the largest logit, of token " + best + ", is " + logits[best]
                    + ": the model's weights are damaged; load an earlier checkpoint");
        }
        return best;
    }

    private int draw(float[] logits, double largest) {
        double[] weights = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            weights[i] = Math.exp((logits[i] - largest) / options.temperature());
        }
        boolean filtered = options.topP() < 1 || (options.topK() > 0 && options.topK() < logits.length);
        int[] candidates = filtered
                ? kept(logits, weights)
                : IntStream.range(0, logits.length).toArray();
        double total = 0;
        for (int candidate : candidates) {
            total += weights[candidate];
        }
        double point = random.nextDouble() * total;
        int possible = candidates[0];
        for (int candidate : candidates) {
            point -= weights[candidate];
            if (point < 0) {
                return candidate;
            }
            if (weights[candidate] > 0) {
                possible = candidate;
            }
        }
        // Only rounding leads here: the point was the total itself.
        return possible;
    }

    /** The tokens that the filters leave, likeliest first; equals in the order of their ids. */
    private int[] kept(float[] logits, double[] weights) {
        int[] order = likeliestFirst(logits);
        int count = options.topK() == 0 ? order.length : Math.min(options.topK(), order.length);
        if (options.topP() < 1) {
            double total = 0;
            for (int i = 0; i < count; i++) {
                total += weights[order[i]];
            }
            double sum = 0;
            int reached = 0;
            while (reached < count && sum < options.topP() * total) {
                sum += weights[order[reached++]];
            }
            count = reached;
        }
        return Arrays.copyOf(order, count);
    }

    /** By the logits, not by the weights, in which a high temperature makes all tokens equal. */
    private static int[] likeliestFirst(float[] logits) {
        long[] keys = new long[logits.length];
        for (int i = 0; i < logits.length; i++) {
            // Adding zero makes one of the two zeros; then the bits order floats as whole numbers, negative ones apart.
            int bits = Float.floatToIntBits(logits[i] + 0f);
            int rising = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
            keys[i] = (long) ~rising << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }
}
