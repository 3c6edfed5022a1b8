package dev.steelyard.ranking.letor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * LETOR's form of SVM-light text, plain or packed by gzip: {@code 2 qid:10 1:0.3 7:1.5 # doc42}. The first number is the
 * grade; features are numbered from 1, ascending, and absent ones are 0; the lines of a query stand together. A comment
 * names the document, by its first word or by {@code docid = NAME}.
 */
public final class LetorFile {

    private LetorFile() {}

    /**
     * Reads a file into memory: 8 bytes a document and feature.
     *
     * @return its queries in order; all documents have as many features as the largest feature number in the file
     * @throws IllegalArgumentException if a line is malformed or a query's lines are apart; the message names file and
     *     line
     */
    public static List<JudgedQuery> read(Path file) throws IOException {
        List<JudgedQuery> queries = new ArrayList<>();
        LetorReader reader = new LetorReader(0, queries::add);
        take(file, reader);
        for (JudgedQuery query : queries) {
            double[][] rows = query.features();
            for (int row = 0; row < rows.length; row++) {
                // Rows before that of the largest feature are as long as was known then.
                rows[row] =
                        rows[row].length == reader.features() ? rows[row] : Arrays.copyOf(rows[row], reader.features());
            }
        }
        return queries;
    }

    /**
     * Hands on query by query, and holds no more than one.
     *
     * @param features length of every document
     * @throws IllegalArgumentException as {@link #read}, or if a feature's number is larger than {@code features}, or what
     *     {@code each} throws, by file and line
     */
    public static void forEach(Path file, int features, Consumer<JudgedQuery> each) throws IOException {
        if (features < 1) {
            throw new IllegalArgumentException("features must be at least 1, not " + features);
        }
        take(file, new LetorReader(features, each));
    }

    private static void take(Path file, LetorReader reader) throws IOException {
        TextLines.read(file, (number, line) -> reader.take(line));
        if (!reader.finish()) {
            throw new IllegalArgumentException(file + " holds no document");
        }
    }
}
