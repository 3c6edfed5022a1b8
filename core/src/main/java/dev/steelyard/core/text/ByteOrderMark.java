package dev.steelyard.core.text;

import java.io.BufferedReader;
import java.io.IOException;

/**
 * The mark U+FEFF with which spreadsheets and some editors begin a file of UTF-8. It is no part of the text, though Java's
 * readers hand it on; left in, it becomes part of the first name or number.
 */
public final class ByteOrderMark {

    private static final char MARK = '\uFEFF';

    private ByteOrderMark() {}

    /**
     * Passes over the mark.
     *
     * @param text at its beginning
     * @return the same reader, at the first character of the text proper
     */
    public static BufferedReader skip(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != MARK) {
            text.reset();
        }
        return text;
    }
}
