package dev.steelyard.language.tokenizer;

/**
 * Text without halves of surrogate pairs, as JSON's escapes can write them. They have no UTF-8: the native library
 * would take all that is not plain in the same text for broken bytes, whole characters too.
 */
final class WellFormed {

    private static final char REPLACEMENT = '\uFFFD';

    private WellFormed() {}

    /** The text itself, or a copy in which U+FFFD stands for each half. */
    static String of(String text) {
        int half = firstHalf(text, 0);
        if (half == text.length()) {
            return text;
        }
        StringBuilder copy = new StringBuilder(text);
        while (half < text.length()) {
            copy.setCharAt(half, REPLACEMENT);
            half = firstHalf(text, half + 1);
        }
        return copy.toString();
    }

    /** Where the first half stands, or the text's length. */
    private static int firstHalf(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    return i;
                }
                i++;
            }
        }
        return text.length();
    }
}
