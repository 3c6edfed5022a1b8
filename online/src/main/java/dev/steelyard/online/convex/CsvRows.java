package dev.steelyard.online.convex;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * Rows of finite numbers, separated by commas, semicolons or tabs, under an optional line of names. A cell may stand in
 * quotes, and then hold the separator; a row is one line.
 */
final class CsvRows implements Closeable {

    private static final String QUOTED = "\"[^\"]*\"";

    private final LineSource lines;
    private final String separator;
    private final CSVFormat quoted;
    private List<String> names;
    private int columns;
    private double[] waiting;

    /**
     * @param place names the source in errors
     * @throws IllegalArgumentException if there is no row; the message names the place
     */
    CsvRows(String place, BufferedReader reader) throws IOException {
        this.lines = new LineSource(place, reader);
        String first = lines.next();
        if (first == null) {
            throw new IllegalArgumentException(place + " is empty; it must have rows of numbers");
        }
        String bare = first.replaceAll(QUOTED, "");
        separator = bare.contains("\t") ? "\t" : bare.contains(";") ? ";" : ",";
        quoted = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreSurroundingSpaces(true)
                .get();
        String[] cells = cells(first);
        columns = cells.length;
        if (Arrays.stream(cells).anyMatch(CsvRows::isNumber)) {
            names = null;
            waiting = numbers(cells);
        } else {
            names = List.of(cells);
        }
    }

    private String[] cells(String line) throws IOException {
        if (line.indexOf('"') < 0) {
            // Most lines; a parser of its own for each would cost more than its numbers.
            return Arrays.stream(line.split(separator, -1)).map(String::strip).toArray(String[]::new);
        }
        try (CSVParser parser = CSVParser.parse(line, quoted)) {
            return Arrays.stream(parser.iterator().next().values())
                    .map(String::strip)
                    .toArray(String[]::new);
        } catch (UncheckedIOException e) {
            throw lines.wrong("the row is no CSV (" + e.getMessage() + "); close every quote on its line");
        }
    }

    private static boolean isNumber(String cell) {
        try {
            Double.parseDouble(cell);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    int columns() {
        return columns;
    }

    /**
     * The number of a column.
     *
     * @param name of the header, or without a header its number from 0
     */
    int column(String name) {
        for (int i = 0; i < columns; i++) {
            if (names == null ? name.equals(String.valueOf(i)) : name.equals(names.get(i))) {
                return i;
            }
        }
        throw lines.wrong("there is no column '" + name + "'; there are "
                + (names == null ? "0 to " + (columns - 1) + ", without names" : String.join(", ", names)));
    }

    /** The next row, or null after the last. */
    double[] next() throws IOException {
        if (waiting != null) {
            double[] row = waiting;
            waiting = null;
            return row;
        }
        String line = lines.next();
        return line == null ? null : numbers(cells(line));
    }

    private double[] numbers(String[] cells) {
        if (cells.length != columns) {
            throw lines.wrong("the row has " + cells.length + " columns where those before have " + columns
                    + "; the dimension must not change");
        }
        double[] row = new double[columns];
        for (int i = 0; i < columns; i++) {
            row[i] = lines.finite(cells[i], "column " + (names == null ? i : "'" + names.get(i) + "'"));
        }
        return row;
    }

    /** The line of the last row, from 1. */
    LineSource lines() {
        return lines;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
