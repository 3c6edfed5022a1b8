package dev.steelyard.language.generate;

import java.util.List;

/**
 * What a model wrote.
 *
 * @param tokens the new tokens, without the prompt; an end token that stopped it is the last one
 * @param finish why it stopped
 */
public record Generation(List<Long> tokens, Finish finish) {

    public Generation {
        tokens = List.copyOf(tokens);
    }

    /** Why a text ended. */
    public enum Finish {
        /** An end token was chosen. */
        END_TOKEN,
        /** As many tokens as allowed. */
        LENGTH,
        /** The model has no more positions. */
        CONTEXT_FULL,
        /** The listener asked to stop. */
        STOPPED
    }
}
