package dev.steelyard.online.convex;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/**
 * Reads labelled examples one by one, from CSV or svmlight text; memory does not grow with the file.
 *
 * <p>CSV: numbers under an optional line of names. svmlight: {@code label 1:0.3 7:1.5 # comment}, features numbered
 * ascending from 1, absent ones 0. An error names the file and the line. {@link SparseExampleReader} leaves them sparse.
 */
public final class ExampleReader implements AutoCloseable {

    private final LineSource lines;
    private final Row rows;
    private final int features;

    /** Reads the next example, or null. */
    private interface Row {
        Example next() throws IOException;
    }

    private ExampleReader(LineSource lines, int features, Row rows) {
        this.lines = lines;
        this.features = features;
        this.rows = rows;
    }

    /**
     * Which column is what; a column goes by its name, or without names by its number from 0.
     *
     * @param label the column of the label; empty for the last one
     * @param time a column that must not fall from row to row and is no feature; empty for none
     */
    public record CsvColumns(String label, String time) {
        /** The last column is the label, all others are features. */
        public static CsvColumns lastIsLabel() {
            return new CsvColumns("", "");
        }
    }

    /** Reads a CSV file. */
    public static ExampleReader csv(Path file, CsvColumns columns) throws IOException {
        return csv(file.toString(), Files.newBufferedReader(file), columns);
    }

    /**
     * Reads CSV.
     *
     * @param place names the source in errors
     * @throws IllegalArgumentException if there is no row or no such column
     */
    public static ExampleReader csv(String place, BufferedReader reader, CsvColumns columns) throws IOException {
        CsvRows rows = new CsvRows(place, reader);
        int label = columns.label().isEmpty() ? rows.columns() - 1 : rows.column(columns.label());
        int time = columns.time().isEmpty() ? -1 : rows.column(columns.time());
        int features = rows.columns() - (time < 0 ? 1 : 2);
        if (features < 1 || label == time) {
            throw rows.lines().wrong("there must be a label and at least one feature, in columns of their own");
        }
        DoubleConsumer ascending = ascending(rows.lines());
        return new ExampleReader(rows.lines(), features, () -> {
            double[] row = rows.next();
            if (row == null) {
                return null;
            }
            double[] instance = new double[features];
            int next = 0;
            for (int i = 0; i < row.length; i++) {
                if (i == time) {
                    ascending.accept(row[i]);
                } else if (i != label) {
                    instance[next++] = row[i];
                }
            }
            return new Example(instance, row[label]);
        });
    }

    /** A check that numbers do not fall. */
    static DoubleConsumer ascending(LineSource lines) {
        double[] last = {Double.NEGATIVE_INFINITY};
        return time -> {
            if (time < last[0]) {
                throw lines.wrong("time " + time + " follows " + last[0] + "; sort the rows by time");
            }
            last[0] = time;
        };
    }

    /** Reads an svmlight file. */
    public static ExampleReader svmlight(Path file, int features) throws IOException {
        return svmlight(file.toString(), Files.newBufferedReader(file), features);
    }

    /**
     * Reads svmlight text.
     *
     * @param place names the source in errors
     * @param features how many there are; a larger number in the text is an error
     * @throws IllegalArgumentException if there is less than one feature
     */
    public static ExampleReader svmlight(String place, BufferedReader reader, int features) {
        SparseExampleReader sparse = SparseExampleReader.svmlight(place, reader, features);
        return new ExampleReader(sparse.lines(), features, () -> {
            SparseExample example = sparse.next();
            return example == null ? null : new Example(example.features().dense(features), example.label());
        });
    }

    /** How many features an example has. */
    public int features() {
        return features;
    }

    /** The line of the last example, from 1. */
    public long line() {
        return lines.number();
    }

    /**
     * The next example, or null after the last.
     *
     * @throws IllegalArgumentException if a line is malformed; the message names file and line
     */
    public Example next() throws IOException {
        return rows.next();
    }

    /**
     * Has a learner predict and learn every example that is left.
     *
     * @return how many there were
     * @throws IllegalArgumentException if an example is malformed or refused by the learner; the message names file and
     *     line, and all examples before were learnt
     */
    public long teach(SupervisedLearner learner) throws IOException {
        long count = 0;
        for (Example example = next(); example != null; example = next()) {
            try {
                learner.learn(example.features(), example.label());
            } catch (IllegalArgumentException e) {
                throw lines.wrong(e.getMessage());
            }
            count++;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
