package dev.steelyard.language.generate;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * How the next token is chosen. The filters apply in the order temperature, {@code topK}, {@code topP}.
 *
 * @param temperature divides the logits; 0 takes the likeliest token (greedy)
 * @param topK only this many likeliest tokens, of equals those with the smaller ids; 0 for all
 * @param topP only the likeliest tokens whose probabilities reach this sum (nucleus sampling, Holtzman et al. 2020);
 *     1 for all
 * @param seed fixes the draws: the same seed gives the same text
 * @param maxNewTokens tokens at most
 * @param stopAtEnd whether one of the model's end tokens ends the text
 */
@RecordBuilder
public record SamplingOptions(double temperature, int topK, double topP, long seed, int maxNewTokens, boolean stopAtEnd)
        implements SamplingOptionsBuilder.With {

    public SamplingOptions {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be finite and at least 0, was " + temperature);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("topK must be at least 1, or 0 for all tokens, was " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP must be above 0 and at most 1, was " + topP);
        }
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("maxNewTokens must be at least 1, was " + maxNewTokens);
        }
    }

    /** The likeliest token each time. */
    public static SamplingOptions greedy(int maxNewTokens) {
        return new SamplingOptions(0, 0, 1, 0, maxNewTokens, true);
    }

    /** Draws from the model's own distribution. */
    public static SamplingOptions sample(long seed, int maxNewTokens) {
        return new SamplingOptions(1, 0, 1, seed, maxNewTokens, true);
    }
}
