package dev.steelyard.online.convex;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads labelled sparse examples one by one from svmlight text, {@code label 1:0.3 7:1.5 # comment}; memory does not grow
 * with the file. Features are numbered ascending from 1, or hashed: then they have any names without white space, in any
 * order, and one without a value has the value 1. An error names the file and the line.
 */
public final class SparseExampleReader implements AutoCloseable {

    private final LineSource lines;
    private final int features;
    private final FeatureHashing hashing;

    private SparseExampleReader(LineSource lines, int features, FeatureHashing hashing) {
        if (features < 1) {
            throw new IllegalArgumentException("features must be at least 1, not " + features);
        }
        this.lines = lines;
        this.features = features;
        this.hashing = hashing;
    }

    /** Reads an svmlight file. */
    public static SparseExampleReader svmlight(Path file, int features) throws IOException {
        return svmlight(file.toString(), Files.newBufferedReader(file), features);
    }

    /**
     * Reads svmlight text.
     *
     * @param place names the source in errors
     * @param features how many there are; a larger number in the text is an error
     * @throws IllegalArgumentException if there is less than one feature
     */
    public static SparseExampleReader svmlight(String place, BufferedReader reader, int features) {
        return new SparseExampleReader(new LineSource(place, reader), features, null);
    }

    /** Reads a file of named features. */
    public static SparseExampleReader hashed(Path file, FeatureHashing hashing) throws IOException {
        return hashed(file.toString(), Files.newBufferedReader(file), hashing);
    }

    /**
     * Reads named features.
     *
     * @param place names the source in errors
     */
    public static SparseExampleReader hashed(String place, BufferedReader reader, FeatureHashing hashing) {
        return new SparseExampleReader(new LineSource(place, reader), hashing.features(), hashing);
    }

    LineSource lines() {
        return lines;
    }

    /** How many features an example may have. */
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
    public SparseExample next() throws IOException {
        String line;
        while ((line = lines.next()) != null) {
            String text = line.split("#", 2)[0].strip();
            if (!text.isEmpty()) {
                String[] parts = text.split("\\s+");
                double label = lines.finite(parts[0], "the label");
                return new SparseExample(hashing == null ? numbered(parts) : named(parts), label);
            }
        }
        return null;
    }

    private SparseVector numbered(String[] parts) {
        int[] indices = new int[parts.length - 1];
        double[] values = new double[parts.length - 1];
        int last = 0;
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split(":", 2);
            int number;
            try {
                number = Integer.parseInt(pair[0]);
            } catch (NumberFormatException e) {
                throw lines.wrong("feature '" + parts[i] + "' must be 'number:value'");
            }
            if (pair.length < 2 || number <= last || number > features) {
                throw lines.wrong("feature '" + parts[i] + "' must be 'number:value' with numbers ascending from 1 to "
                        + features);
            }
            indices[i - 1] = number - 1;
            values[i - 1] = lines.finite(pair[1], "feature " + number);
            last = number;
        }
        return new SparseVector(indices, values);
    }

    private SparseVector named(String[] parts) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int colon = parts[i].lastIndexOf(':');
            String name = colon < 0 ? parts[i] : parts[i].substring(0, colon);
            double value =
                    colon < 0 ? 1 : lines.finite(parts[i].substring(colon + 1), "the value of feature '" + name + "'");
            named.merge(name, value, Double::sum);
        }
        return hashing.hash(named);
    }

    /**
     * Has a learner predict and learn every example that is left.
     *
     * @return how many there were
     * @throws IllegalArgumentException if an example is malformed or refused by the learner; the message names file and
     *     line, and all examples before were learnt
     */
    public long teach(SparseLearner learner) throws IOException {
        long count = 0;
        for (SparseExample example = next(); example != null; example = next()) {
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
