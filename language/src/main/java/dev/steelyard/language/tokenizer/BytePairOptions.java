package dev.steelyard.language.tokenizer;

import java.util.HashSet;
import java.util.List;

/**
 * What a byte-pair vocabulary is to be.
 *
 * @param vocabularySize tokens at most: special tokens, the 256 bytes, and merges
 * @param minimumFrequency how often a pair must occur to be merged; 2 by default, as in Hugging Face's trainer scripts
 * @param specialTokens tokens that stand for themselves and get the first ids; {@value #END_OF_TEXT} by default, as
 *     GPT-2's
 */
public record BytePairOptions(int vocabularySize, int minimumFrequency, List<String> specialTokens) {

    /** GPT-2's token between texts. */
    public static final String END_OF_TEXT = "<|endoftext|>";

    /** How tokenizers of the field call the token after a text: GPT-2's, Llama 3's, Llama 2's. */
    public static final List<String> ENDS_OF_TEXT = List.of(END_OF_TEXT, "<|end_of_text|>", "</s>");

    private static final int BYTES = 256;

    public BytePairOptions {
        specialTokens = List.copyOf(specialTokens);
        if (specialTokens.stream().anyMatch(String::isEmpty)
                || new HashSet<>(specialTokens).size() < specialTokens.size()) {
            throw new IllegalArgumentException("specialTokens must be distinct and not empty, were " + specialTokens);
        }
        int smallest = BYTES + specialTokens.size();
        if (vocabularySize < smallest) {
            throw new IllegalArgumentException("vocabularySize must be at least " + smallest
                    + " (256 bytes and the special tokens), was " + vocabularySize);
        }
        if (minimumFrequency < 1) {
            throw new IllegalArgumentException("minimumFrequency must be at least 1, was " + minimumFrequency);
        }
    }

    /** The defaults for a vocabulary of this size. */
    public static BytePairOptions of(int vocabularySize) {
        return new BytePairOptions(vocabularySize, 2, List.of(END_OF_TEXT));
    }
}
