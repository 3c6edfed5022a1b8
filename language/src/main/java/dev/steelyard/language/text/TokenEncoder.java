package dev.steelyard.language.text;

/** Turns text into tokens; {@code tokenizer::encode} is one. */
@FunctionalInterface
public interface TokenEncoder {

    /** The tokens of a text, without begin or end. */
    int[] encode(String text);
}
