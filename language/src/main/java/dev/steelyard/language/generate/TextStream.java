package dev.steelyard.language.generate;

import dev.steelyard.language.tokenizer.Tokenizer;
import java.util.Arrays;

/**
 * Turns tokens into text as they come. Only a few of the last tokens are decoded at a time, together with those just
 * before them, since what a token writes can depend on its neighbours: tokenizers of SentencePiece's kind drop the space
 * before a text's first word, and a character can be spread over several tokens.
 */
final class TextStream {

    /** What a decoder puts in the place of bytes that are not yet a whole character. */
    private static final String INCOMPLETE = "\uFFFD";

    private final Tokenizer tokenizer;
    private long[] tokens;
    private int count;
    /** Tokens from here on are decoded. */
    private int from;
    /** The text of tokens before this one has been handed out. */
    private int shown;

    /** After a prompt, whose text is not handed out. */
    TextStream(Tokenizer tokenizer, long[] prompt) {
        this.tokenizer = tokenizer;
        tokens = prompt.clone();
        count = prompt.length;
        shown = prompt.length;
    }

    /** The text that a token completes, without special tokens; empty while a character is incomplete. */
    String add(long token) {
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count + 1);
        }
        tokens[count++] = token;
        return added().endsWith(INCOMPLETE) ? "" : rest();
    }

    /** The text that has not been handed out, whole characters or not. */
    String rest() {
        String text = added();
        if (!text.isEmpty()) {
            from = shown;
            shown = count;
        }
        return text;
    }

    private String added() {
        String before = text(from, shown);
        String all = text(from, count);
        // Decoders of single bytes give up a whole row of them while its last character is incomplete.
        return all.startsWith(before) ? all.substring(before.length()) : text(shown, count);
    }

    private String text(int start, int end) {
        return tokenizer.decodeWithoutSpecialTokens(Arrays.copyOfRange(tokens, start, end));
    }
}
