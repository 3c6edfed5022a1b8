package dev.steelyard.language.tokenizer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Learns a byte-level byte-pair encoding (Sennrich et al. 2016; Radford et al. 2019, GPT-2) from texts: the pair of
 * neighbouring tokens that occurs most often becomes a token, again and again. Of pairs that occur equally often, the
 * one with the smaller ids goes first, so the same texts give the same file.
 *
 * <pre>{@code
 * try (Tokenizer tokenizer = BytePairTrainer.train(texts, BytePairOptions.of(2000))) {
 *     tokenizer.save(folder);
 * }
 * }</pre>
 */
public final class BytePairTrainer {

    /** GPT-2's division of text into words; white space is Unicode's, as in the library that will read the file. */
    private static final Pattern WORD = Pattern.compile("'(?:s|t|re|ve|m|ll|d)"
            + "| ?\\p{L}+| ?\\p{N}+| ?[^\\p{IsWhite_Space}\\p{L}\\p{N}]+"
            + "|\\p{IsWhite_Space}+(?!\\P{IsWhite_Space})|\\p{IsWhite_Space}+");

    private BytePairTrainer() {}

    /**
     * Learns a tokenizer. Fewer tokens than asked come out when no pair occurs often enough.
     *
     * @throws IllegalArgumentException if the texts are empty
     */
    public static Tokenizer train(Iterable<String> texts, BytePairOptions options) {
        Map<String, Integer> counts = wordCounts(texts);
        if (counts.isEmpty()) {
            throw new IllegalArgumentException("no text to learn tokens from: all texts are empty");
        }
        Vocabulary vocabulary = alphabet(options);
        int[][] words = new int[counts.size()][];
        int[] frequencies = new int[counts.size()];
        int index = 0;
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            byte[] bytes = entry.getKey().getBytes(StandardCharsets.UTF_8);
            words[index] = IntStream.range(0, bytes.length)
                    .map(i -> vocabulary.byteId(bytes[i]))
                    .toArray();
            frequencies[index++] = entry.getValue();
        }
        PairCounts pairs = new PairCounts(words, frequencies);
        while (vocabulary.size() < options.vocabularySize()) {
            long pair = pairs.mostFrequent(options.minimumFrequency());
            if (pair == PairCounts.NONE) {
                break;
            }
            pairs.merge(pair, vocabulary.merge(PairCounts.left(pair), PairCounts.right(pair)));
        }
        return Tokenizer.parse(vocabulary.json(), vocabulary.config(), Path.of("(trained) " + Tokenizer.FILE_NAME));
    }

    private static Vocabulary alphabet(BytePairOptions options) {
        ByteAlphabet bytes = new ByteAlphabet();
        // In the characters' order, as Hugging Face's trainer does.
        Integer[] byCharacter = IntStream.range(0, 256).boxed().toArray(Integer[]::new);
        Arrays.sort(byCharacter, Comparator.comparing(bytes::character));
        Vocabulary vocabulary = new Vocabulary(options.specialTokens());
        for (int value : byCharacter) {
            vocabulary.addByte(value, bytes.character(value));
        }
        return vocabulary;
    }

    /** Words in the order of their first occurrence. */
    private static Map<String, Integer> wordCounts(Iterable<String> texts) {
        Map<String, int[]> cells = new LinkedHashMap<>();
        for (String text : texts) {
            Matcher matcher = WORD.matcher(WellFormed.of(text));
            while (matcher.find()) {
                cells.computeIfAbsent(matcher.group(), word -> new int[1])[0]++;
            }
        }
        Map<String, Integer> counts = LinkedHashMap.newLinkedHashMap(cells.size());
        cells.forEach((word, cell) -> counts.put(word, cell[0]));
        return counts;
    }

    /** Words of a text as the file's pre-tokenizer divides it. */
    static java.util.List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }
}
