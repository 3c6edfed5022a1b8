package dev.steelyard.ranking.letor;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * LETOR's form of SVM-light text: {@code 2 qid:10 1:0.3 7:1.5 # doc42}. The first number is the grade; features are
 * numbered from 1, ascending, and absent ones are 0; the lines of a query stand together.
 */
public final class LetorFile {

    private static final int MOST_FEATURES = 1_000_000;

    private LetorFile() {}

    /**
     * Reads a file.
     *
     * @return its queries in order; all documents have as many features as the largest feature number in the file
     * @throws IllegalArgumentException if a line is malformed or a query's lines are apart; the message names file and
     *     line
     */
    public static List<JudgedQuery> read(Path file) throws IOException {
        List<Group> groups = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int dimension = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String text;
            for (int number = 1; (text = reader.readLine()) != null; number++) {
                int comment = text.indexOf('#');
                String line = (comment < 0 ? text : text.substring(0, comment)).strip();
                if (line.isEmpty()) {
                    continue;
                }
                String[] parts = line.split("\\s+");
                int grade = grade(file, number, parts[0]);
                if (parts.length < 2 || !parts[1].startsWith("qid:") || parts[1].length() == "qid:".length()) {
                    throw at(file, number, "the second field must be 'qid:ID'");
                }
                String query = parts[1].substring("qid:".length());
                if (groups.isEmpty() || !groups.getLast().query.equals(query)) {
                    if (!seen.add(query)) {
                        throw at(
                                file,
                                number,
                                "query " + query + " came before, with another query between; sort the file by qid");
                    }
                    groups.add(new Group(query));
                }
                Sparse features = features(file, number, parts);
                dimension = Math.max(dimension, features.largest());
                groups.getLast().grades.add(grade);
                groups.getLast().documents.add(features);
            }
        }
        if (groups.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no document");
        }
        int features = dimension;
        return groups.stream().map(group -> group.query(features)).toList();
    }

    private static final class Group {
        private final String query;
        private final List<Integer> grades = new ArrayList<>();
        private final List<Sparse> documents = new ArrayList<>();

        private Group(String query) {
            this.query = query;
        }

        private JudgedQuery query(int dimension) {
            return new JudgedQuery(
                    query,
                    documents.stream()
                            .map(document -> document.dense(dimension))
                            .toArray(double[][]::new),
                    grades.stream().mapToInt(grade -> grade).toArray());
        }
    }

    private record Sparse(int[] numbers, double[] values) {
        int largest() {
            return numbers.length == 0 ? 0 : numbers[numbers.length - 1];
        }

        double[] dense(int dimension) {
            double[] dense = new double[dimension];
            for (int i = 0; i < numbers.length; i++) {
                dense[numbers[i] - 1] = values[i];
            }
            return dense;
        }
    }

    private static Sparse features(Path file, int line, String[] parts) {
        int[] numbers = new int[parts.length - 2];
        double[] values = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            String part = parts[i + 2];
            int colon = part.indexOf(':');
            try {
                numbers[i] = Integer.parseInt(part.substring(0, Math.max(0, colon)));
                values[i] = Double.parseDouble(part.substring(colon + 1));
            } catch (NumberFormatException e) {
                throw at(file, line, "feature '" + part + "' must be 'number:value'");
            }
            if (numbers[i] < 1 || numbers[i] > MOST_FEATURES || !Double.isFinite(values[i])) {
                throw at(
                        file,
                        line,
                        "feature '" + part + "' must have a number from 1 to " + MOST_FEATURES + " and a finite value");
            }
            if (i > 0 && numbers[i] <= numbers[i - 1]) {
                throw at(
                        file,
                        line,
                        "feature " + numbers[i] + " follows feature " + numbers[i - 1]
                                + "; feature numbers must ascend");
            }
        }
        return new Sparse(numbers, values);
    }

    private static int grade(Path file, int line, String text) {
        try {
            double grade = Double.parseDouble(text);
            if (grade == Math.rint(grade) && grade >= 0 && grade <= 30) {
                return (int) grade;
            }
        } catch (NumberFormatException e) {
            // Reported below, with all that a grade may be.
        }
        throw at(file, line, "the grade '" + text + "' must be a whole number from 0 to 30");
    }

    private static IllegalArgumentException at(Path file, int line, String problem) {
        return new IllegalArgumentException(file + ":" + line + ": " + problem);
    }
}
