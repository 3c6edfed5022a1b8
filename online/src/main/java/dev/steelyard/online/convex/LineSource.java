package dev.steelyard.online.convex;

import dev.steelyard.core.text.ByteOrderMark;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;

/** Lines that are not empty, with their numbers for errors. */
final class LineSource implements Closeable {

    private final String place;
    private final BufferedReader reader;
    private long number;

    LineSource(String place, BufferedReader reader) {
        this.place = place;
        this.reader = reader;
    }

    /** The next line that is not blank, or null after the last. */
    String next() throws IOException {
        if (number == 0) {
            ByteOrderMark.skip(reader);
        }
        String line;
        do {
            line = reader.readLine();
            number++;
        } while (line != null && line.isBlank());
        return line;
    }

    /** The number of the last line, from 1. */
    long number() {
        return number;
    }

    IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException(place + ":" + number + ": " + problem);
    }

    double finite(String text, String what) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw wrong(what + " is '" + text + "', which is no number");
        }
        if (!Double.isFinite(value)) {
            throw wrong(what + " is " + value + "; it must be finite: fill or drop missing values first");
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
