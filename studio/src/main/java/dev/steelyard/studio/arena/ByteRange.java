package dev.steelyard.studio.arena;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a file that a request's header {@code Range} asks for, as RFC 9110 says.
 *
 * @param first from 0
 * @param last inclusive; below first where the file holds none of what is asked
 */
record ByteRange(long first, long last) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /** More digits than any file's size has. */
    private static final int DIGITS = 18;

    /**
     * What is asked of a file of so many bytes.
     *
     * @return nothing where the whole file is to be sent: without a header, and where it has another unit, no sense, or
     *     several ranges, which a server may answer so
     */
    static Optional<ByteRange> of(String header, long size) {
        Matcher range = ONE.matcher(header == null ? "" : header.replace(" ", ""));
        if (!range.matches()) {
            return Optional.empty();
        }
        String from = range.group(1);
        String to = range.group(2);
        if (from.isEmpty()) {
            return to.isEmpty() ? Optional.empty() : Optional.of(lastBytes(number(to), size));
        }
        long first = number(from);
        long last = to.isEmpty() ? size - 1 : number(to);
        if (!to.isEmpty() && last < first) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
    }

    private static ByteRange lastBytes(long count, long size) {
        return count == 0 ? new ByteRange(size, size - 1) : new ByteRange(Math.max(0, size - count), size - 1);
    }

    private static long number(String digits) {
        return digits.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    /** Whether the file holds any of it. */
    boolean isSatisfiable() {
        return first <= last;
    }

    long length() {
        return last - first + 1;
    }
}
