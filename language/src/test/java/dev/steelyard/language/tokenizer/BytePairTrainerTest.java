package dev.steelyard.language.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steelyard.core.study.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairTrainerTest {

    private static final List<String> TEXTS = List.of(
            "the quick brown fox jumps over the lazy dog, and the dog doesn't mind 1234 times",
            "the theory of the thing: they're thinking that there's nothing; aaaa aaaaaaa",
            "naïve café\n\n  Größe\t数字 数字 🙂🙂 🙂");

    private static final List<String> HARD = List.of(
            "",
            " ",
            "\n\n \t x  y\r\n",
            "🙂👩‍👩‍👧 naïve 数字 ½²³ \u0000\u00a0\u2003z",
            "the <|endoftext|> dog <|endoftext|>",
            "they'll've DON'T 'sup \uFFFD 12th",
            "aaaaaaaaaaaaaaaaaaa");

    @TempDir
    Path folder;

    @Test
    void theRustLibraryReadsTheFileAndGivesAnyTextBack() throws IOException {
        try (Tokenizer trained = BytePairTrainer.train(TEXTS, BytePairOptions.of(320))) {
            trained.save(folder);
        }
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            for (String text : HARD) {
                assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            }
            RandomGenerator random = Seeds.root(3).generator("text");
            for (int i = 0; i < 200; i++) {
                String text = random.ints(random.nextInt(40), 0, 0x10FFFF)
                        .map(point -> random.nextBoolean() ? point % 128 : point)
                        .filter(point -> point < 0xD800 || point > 0xDFFF)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            }
            assertThat(tokenizer.specialTokens()).containsEntry("<|endoftext|>", 0);
            assertThat(tokenizer.encode("<|endoftext|>")).containsExactly(0);
            assertThat(tokenizer.encode("the").length).isEqualTo(1);
            assertThat(tokenizer.decodeWithoutSpecialTokens(tokenizer.encode("a<|endoftext|>")))
                    .isEqualTo("a");
        }
    }

    @Test
    void idsAreThoseThatTheMergesImply() throws IOException {
        try (Tokenizer tokenizer = BytePairTrainer.train(TEXTS, BytePairOptions.of(330))) {
            tokenizer.save(folder);
            JsonNode model = new ObjectMapper()
                    .readTree(Files.readAllBytes(folder.resolve(Tokenizer.FILE_NAME)))
                    .path("model");
            for (String text : TEXTS) {
                assertThat(tokenizer.encode(text)).isEqualTo(byMerges(model, text));
            }
            for (String text : HARD) {
                if (!text.contains("<|")) {
                    assertThat(tokenizer.encode(text)).as(text).isEqualTo(byMerges(model, text));
                }
            }
        }
    }

    /** Applies all merges, in their order, to every word. */
    private static long[] byMerges(JsonNode model, String text) {
        ByteAlphabet alphabet = new ByteAlphabet();
        List<Long> ids = new ArrayList<>();
        for (String word : BytePairTrainer.words(text)) {
            List<String> parts = new ArrayList<>();
            for (byte value : word.getBytes(StandardCharsets.UTF_8)) {
                parts.add(String.valueOf(alphabet.character(Byte.toUnsignedInt(value))));
            }
            for (JsonNode merge : model.path("merges")) {
                String[] pair = merge.asText().split(" ", -1);
                for (int i = 0; i + 1 < parts.size(); i++) {
                    if (parts.get(i).equals(pair[0]) && parts.get(i + 1).equals(pair[1])) {
                        parts.set(i, pair[0] + pair[1]);
                        parts.remove(i + 1);
                    }
                }
            }
            parts.forEach(part -> ids.add(model.path("vocab").path(part).asLong(-1)));
        }
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    @Test
    void mergesAreThoseOfCountingAllPairsAnewEachTime() {
        RandomGenerator random = Seeds.root(5).generator("words");
        int[][] words = new int[60][];
        int[] frequencies = new int[60];
        for (int i = 0; i < words.length; i++) {
            words[i] = random.ints(1 + random.nextInt(12), 0, 3).toArray();
            frequencies[i] = 1 + random.nextInt(4);
        }
        List<List<Integer>> slow = new ArrayList<>();
        for (int[] word : words) {
            slow.add(new ArrayList<>(java.util.Arrays.stream(word).boxed().toList()));
        }
        PairCounts pairs = new PairCounts(words, frequencies);
        for (int token = 3; token < 60; token++) {
            Map<Long, Long> counts = new HashMap<>();
            for (int w = 0; w < slow.size(); w++) {
                for (int i = 0; i + 1 < slow.get(w).size(); i++) {
                    counts.merge(
                            PairCounts.pair(slow.get(w).get(i), slow.get(w).get(i + 1)),
                            (long) frequencies[w],
                            Long::sum);
                }
            }
            long most =
                    counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
            long expected = most < 2
                    ? PairCounts.NONE
                    : counts.entrySet().stream()
                            .filter(entry -> entry.getValue() == most)
                            .mapToLong(Map.Entry::getKey)
                            .min()
                            .orElseThrow();
            assertThat(pairs.mostFrequent(2)).as("merge %d", token).isEqualTo(expected);
            if (expected == PairCounts.NONE) {
                return;
            }
            pairs.merge(expected, token);
            for (List<Integer> word : slow) {
                for (int i = 0; i + 1 < word.size(); i++) {
                    if (PairCounts.pair(word.get(i), word.get(i + 1)) == expected) {
                        word.set(i, token);
                        word.remove(i + 1);
                    }
                }
            }
        }
    }

    @Test
    void theSameTextsGiveTheSameFile() throws IOException {
        byte[][] files = new byte[2][];
        for (int i = 0; i < 2; i++) {
            try (Tokenizer tokenizer = BytePairTrainer.train(TEXTS, new BytePairOptions(300, 1, List.of()))) {
                tokenizer.save(folder);
                files[i] = Files.readAllBytes(folder.resolve(Tokenizer.FILE_NAME));
                assertThat(tokenizer.vocabularySize()).isEqualTo(300);
            }
        }
        assertThat(files[0]).isEqualTo(files[1]);
    }

    @Test
    void refusesNoTextAndVocabulariesBelowTheBytes() {
        assertThatThrownBy(() -> BytePairTrainer.train(List.of("", ""), BytePairOptions.of(300)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no text");
        assertThatThrownBy(() -> BytePairOptions.of(200))
                .hasMessageContaining("257")
                .hasMessageContaining("200");
        assertThatThrownBy(() -> new BytePairOptions(300, 0, List.of())).hasMessageContaining("minimumFrequency");
        assertThatThrownBy(() -> new BytePairOptions(300, 1, List.of("a", "a"))).hasMessageContaining("distinct");
    }
}
