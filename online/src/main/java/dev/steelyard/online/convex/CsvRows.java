package dev.steelyard.online.convex;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Rows of finite numbers, separated by commas, semicolons or tabs, under an optional line of names. */
final class CsvRows implements Closeable {

    private final LineSource lines;
    private String separator;
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
        separator = first.contains("\t") ? "\t" : first.contains(";") ? ";" : ",";
        String[] cells = cells(first);
        columns = cells.length;
        if (Arrays.stream(cells).anyMatch(CsvRows::isNumber)) {
            names = null;
            waiting = numbers(cells);
        } else {
            names = List.of(cells);
        }
    }

    private String[] cells(String line) {
        return Arrays.stream(line.split(separator, -1))
                .map(cell -> cell.strip().replaceAll("^\"|\"$", ""))
                .toArray(String[]::new);
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
