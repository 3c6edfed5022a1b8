package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Scale;
import dev.steelyard.language.text.Document;
import dev.steelyard.language.text.PackedTokens;
import dev.steelyard.language.text.TextCorpus;
import dev.steelyard.language.tokenizer.BytePairOptions;
import dev.steelyard.language.tokenizer.BytePairTrainer;
import dev.steelyard.language.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/** WordNet's glosses and a tokenizer that has learnt from a sample of them. */
final class Glosses implements AutoCloseable {

    private static final int VOCABULARY = 1024;

    /** Documents of which the tokenizer learns, and of which the smallest scale is made. */
    private static final int SAMPLE = 8_000;

    private final TextCorpus corpus;
    private final Tokenizer tokenizer;
    private final Map<String, int[]> encoded = new ConcurrentHashMap<>();

    Glosses(Scale scale) {
        TextCorpus all = TextCorpus.wordnet();
        List<Document> sample =
                every(all.documents(), Math.max(1, all.documents().size() / SAMPLE));
        corpus = scale.pick(new TextCorpus(sample), all, all);
        tokenizer = BytePairTrainer.train(sample.stream().map(Document::text).toList(), BytePairOptions.of(VOCABULARY));
    }

    private static List<Document> every(List<Document> documents, int stride) {
        List<Document> chosen = new ArrayList<>();
        for (int i = 0; i < documents.size(); i += stride) {
            chosen.add(documents.get(i));
        }
        return chosen;
    }

    TextCorpus corpus() {
        return corpus;
    }

    int vocabularySize() {
        return tokenizer.vocabularySize();
    }

    /** The token after each gloss. */
    int end() {
        return tokenizer.id(BytePairOptions.END_OF_TEXT).orElseThrow();
    }

    /** Of a text, encoded once: every part of the study reads the same glosses. */
    int[] tokens(String text) {
        return encoded.computeIfAbsent(text, words -> LongStream.of(tokenizer.encode(words))
                .mapToInt(Math::toIntExact)
                .toArray());
    }

    PackedTokens packed(TextCorpus documents) {
        // On all cores first: packing asks for one text after the other.
        documents.documents().parallelStream().map(Document::text).forEach(this::tokens);
        return PackedTokens.of(documents, this::tokens, end());
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
