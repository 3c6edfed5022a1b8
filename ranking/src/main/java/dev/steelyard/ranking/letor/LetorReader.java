package dev.steelyard.ranking.letor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Takes LETOR's lines and hands on a query when its last line was taken. */
final class LetorReader {

    private static final int MOST_FEATURES = 1_000_000;
    private static final int LARGEST_GRADE = 30;
    private static final String QUERY = "qid:";
    private static final String DOCUMENT = "docid";

    private final boolean fixed;
    private final Consumer<JudgedQuery> each;
    private final Set<String> seen = new HashSet<>();
    private int features;
    private int[] numbers = new int[64];
    private double[] values = new double[64];

    private String query;
    private final List<double[]> rows = new ArrayList<>();
    private final List<Integer> grades = new ArrayList<>();
    private final List<String> documents = new ArrayList<>();

    /** @param features of every document; 0 to take the largest number seen so far */
    LetorReader(int features, Consumer<JudgedQuery> each) {
        this.features = features;
        this.fixed = features > 0;
        this.each = each;
    }

    /** The length of documents, so far. */
    int features() {
        return features;
    }

    void take(String text) {
        int comment = text.indexOf('#');
        Words words = new Words(text, comment < 0 ? text.length() : comment);
        if (!words.next()) {
            return;
        }
        int grade = grade(words.word());
        if (!words.next() || !words.startsWith(QUERY) || words.length() == QUERY.length()) {
            throw new IllegalArgumentException("the second field must be 'qid:ID'");
        }
        String of = words.word().substring(QUERY.length());
        if (!of.equals(query)) {
            finish();
            if (!seen.add(of)) {
                throw new IllegalArgumentException(
                        "query " + of + " came before, with another query between; sort the file by qid");
            }
            query = of;
        }
        rows.add(row(words));
        grades.add(grade);
        documents.add(comment < 0 ? "" : document(text.substring(comment + 1)));
    }

    /** Hands on the query that was being taken; false if there never was one. */
    boolean finish() {
        if (!rows.isEmpty()) {
            boolean named = documents.stream().noneMatch(String::isEmpty);
            JudgedQuery whole = new JudgedQuery(
                    query,
                    rows.toArray(double[][]::new),
                    grades.stream().mapToInt(grade -> grade).toArray(),
                    named ? documents : List.of());
            rows.clear();
            grades.clear();
            documents.clear();
            each.accept(whole);
        }
        return query != null;
    }

    private double[] row(Words words) {
        int count = 0;
        while (words.next()) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            parse(words, count);
            if (count > 0 && numbers[count] <= numbers[count - 1]) {
                throw new IllegalArgumentException("feature " + numbers[count] + " follows feature "
                        + numbers[count - 1] + "; feature numbers must ascend");
            }
            count++;
        }
        int largest = count == 0 ? 0 : numbers[count - 1];
        if (fixed && largest > features) {
            throw new IllegalArgumentException("feature " + largest + " is beyond the " + features
                    + " features that the ranker takes; give the data that it was trained for");
        }
        features = Math.max(features, largest);
        double[] row = new double[features];
        for (int i = 0; i < count; i++) {
            row[numbers[i] - 1] = values[i];
        }
        return row;
    }

    private void parse(Words words, int at) {
        try {
            int colon = words.indexOf(':');
            // Without a colon the empty number is what is refused.
            numbers[at] = Integer.parseInt(words.word(0, Math.max(0, colon)));
            values[at] = Double.parseDouble(words.word(colon + 1, words.length()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("feature '" + words.word() + "' must be 'number:value'", e);
        }
        if (numbers[at] < 1 || numbers[at] > MOST_FEATURES || !Double.isFinite(values[at])) {
            throw new IllegalArgumentException("feature '" + words.word() + "' must have a number from 1 to "
                    + MOST_FEATURES + " and a finite value");
        }
    }

    private static int grade(String text) {
        try {
            double grade = Double.parseDouble(text);
            if (grade == Math.rint(grade) && grade >= 0 && grade <= LARGEST_GRADE) {
                return (int) grade;
            }
        } catch (NumberFormatException e) {
            // Reported below, with all that a grade may be.
        }
        throw new IllegalArgumentException(
                "the grade '" + text + "' must be a whole number from 0 to " + LARGEST_GRADE);
    }

    private static String document(String comment) {
        String[] words = comment.strip().replace("=", " = ").split("\\s+");
        boolean keyed = words.length > 2 && words[0].equals(DOCUMENT) && words[1].equals("=");
        return keyed ? words[2] : words[0];
    }

    /** The words of a line, without making a string of each. */
    private static final class Words {
        private final String line;
        private final int end;
        private int from;
        private int to;

        Words(String line, int end) {
            this.line = line;
            this.end = end;
        }

        boolean next() {
            from = to;
            while (from < end && line.charAt(from) <= ' ') {
                from++;
            }
            to = from;
            while (to < end && line.charAt(to) > ' ') {
                to++;
            }
            return from < to;
        }

        int length() {
            return to - from;
        }

        boolean startsWith(String prefix) {
            return line.startsWith(prefix, from) && length() >= prefix.length();
        }

        int indexOf(char sought) {
            int at = line.indexOf(sought, from);
            return at >= 0 && at < to ? at - from : -1;
        }

        String word() {
            return line.substring(from, to);
        }

        String word(int first, int last) {
            return line.substring(from + first, from + last);
        }
    }
}
