package dev.steelyard.cli;

import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.tokenizer.BytePairOptions;
import dev.steelyard.language.tokenizer.InvalidTokenizerException;
import dev.steelyard.language.tokenizer.Tokenizer;
import java.util.List;
import java.util.OptionalInt;

/** Which token ends a text in training: one at which generation stops. */
final class EndOfText {

    private EndOfText() {}

    /** The tokenizer's, by the names of the field. */
    static OptionalInt named(Tokenizer tokenizer) {
        return BytePairOptions.ENDS_OF_TEXT.stream()
                .map(tokenizer::id)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    /** The tokenizer's where the model stops at it, else the first at which the model stops. */
    static int of(ModelConfig config, OptionalInt named) {
        List<Integer> ends = config.endTokens();
        return ends.isEmpty() || (named.isPresent() && ends.contains(named.getAsInt()))
                ? required(named)
                : ends.getFirst();
    }

    /** The tokenizer's, if it has one. */
    static int required(OptionalInt named) {
        return named.orElseThrow(() -> new InvalidTokenizerException("tokenizer.json has none of the tokens "
                + BytePairOptions.ENDS_OF_TEXT + ", which end a text, and config.json names none as eos_token_id:"
                + " take the tokenizer that the model was trained with"));
    }
}
