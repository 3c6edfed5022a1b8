package dev.steelyard.online.convex;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/** Reads gradients from CSV, one a row; memory does not grow with the file. An error names the file and the line. */
public final class GradientReader implements AutoCloseable {

    private final CsvRows rows;
    private final int time;
    private final DoubleConsumer ascending;

    private GradientReader(CsvRows rows, int time) {
        this.rows = rows;
        this.time = time;
        this.ascending = ExampleReader.ascending(rows.lines());
    }

    /**
     * Reads a file.
     *
     * @param time a column that must not fall from row to row and is no entry; empty for none
     */
    public static GradientReader csv(Path file, String time) throws IOException {
        return csv(file.toString(), Files.newBufferedReader(file), time);
    }

    /**
     * Reads CSV.
     *
     * @param place names the source in errors
     * @throws IllegalArgumentException if there is no row or no such column
     */
    public static GradientReader csv(String place, BufferedReader reader, String time) throws IOException {
        CsvRows rows = new CsvRows(place, reader);
        return new GradientReader(rows, time.isEmpty() ? -1 : rows.column(time));
    }

    /** The entries of a gradient. */
    public int dimension() {
        return rows.columns() - (time < 0 ? 0 : 1);
    }

    /**
     * The next gradient, or null after the last.
     *
     * @throws IllegalArgumentException if a row is malformed; the message names file and line
     */
    public double[] next() throws IOException {
        double[] row = rows.next();
        if (row == null || time < 0) {
            return row;
        }
        ascending.accept(row[time]);
        double[] gradient = new double[row.length - 1];
        System.arraycopy(row, 0, gradient, 0, time);
        System.arraycopy(row, time + 1, gradient, time, gradient.length - time);
        return gradient;
    }

    /**
     * Has an optimiser learn every gradient that is left.
     *
     * @return how many there were
     * @throws IllegalArgumentException if a row is malformed or of another dimension than the optimiser's points; the
     *     message names file and line, and all gradients before were learnt
     */
    public long teach(OnlineOptimizer optimizer) throws IOException {
        long count = 0;
        for (double[] gradient = next(); gradient != null; gradient = next()) {
            try {
                optimizer.observe(gradient);
            } catch (IllegalArgumentException e) {
                throw rows.lines().wrong(e.getMessage());
            }
            count++;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
