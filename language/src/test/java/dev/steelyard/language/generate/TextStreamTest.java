package dev.steelyard.language.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.tokenizer.BytePairOptions;
import dev.steelyard.language.tokenizer.BytePairTrainer;
import dev.steelyard.language.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextStreamTest {

    /** Llama 2's kind: words bear their space before them, and a text's first space is dropped again. */
    private static final String SENTENCE_PIECE = """
            {"version": "1.0", "pre_tokenizer": null, "added_tokens": [{"id": 1, "content": "<s>", "special": true,
               "single_word": false, "lstrip": false, "rstrip": false, "normalized": false}],
             "normalizer": {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "▁"},
               {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
             "post_processor": {"type": "TemplateProcessing",
               "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
               "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
               "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
             "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
               {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
             "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": null,
               "end_of_word_suffix": null, "fuse_unk": true, "byte_fallback": true, "merges": ["▁ a", "▁ b"],
               "vocab": {"<unk>": 0, "<s>": 1, "▁": 2, "a": 3, "b": 4, "▁a": 5, "▁b": 6, "<0xC3>": 7, "<0xA9>": 8}}}
            """;

    @TempDir
    Path folder;

    @Test
    void aWordAfterThePromptKeepsItsSpace() throws IOException {
        Path file = Files.writeString(folder.resolve(Tokenizer.FILE_NAME), SENTENCE_PIECE);
        try (Tokenizer tokenizer = Tokenizer.load(file)) {
            long[] prompt = tokenizer.encodeWithSpecialTokens("a");
            assertThat(prompt).containsExactly(1, 5);
            TextStream stream = new TextStream(tokenizer, prompt);
            assertThat(stream.add(6)).isEqualTo(" b");
            assertThat(stream.add(3)).isEqualTo("a");
            assertThat(stream.add(1)).isEmpty();
            assertThat(stream.add(7)).isEmpty();
            assertThat(stream.add(8)).isEqualTo("é");
            assertThat(stream.add(7)).isEmpty();
            assertThat(stream.rest()).isEqualTo("\uFFFD");
        }
    }

    @Test
    void thePiecesOfAnyTokensAreTheirText() {
        RandomGenerator random = Seeds.root(1).generator("tokens");
        String text = "naïve café 数字 🙂🙂 the cat and the dog";
        try (Tokenizer tokenizer = BytePairTrainer.train(List.of(text, text), BytePairOptions.of(300))) {
            for (int i = 0; i < 300; i++) {
                long[] prompt = tokenizer.encode(text.substring(0, 5));
                // Half of the tokens are of the text, so that whole characters of several bytes occur too.
                long[] more = random.nextBoolean()
                        ? tokenizer.encode(text.substring(5))
                        : random.longs(random.nextInt(20), 0, 300).toArray();
                long[] tokens = Arrays.copyOf(prompt, prompt.length + more.length);
                System.arraycopy(more, 0, tokens, prompt.length, more.length);
                TextStream stream = new TextStream(tokenizer, prompt);
                StringBuilder pieces = new StringBuilder();
                Arrays.stream(more).forEach(token -> pieces.append(stream.add(token)));
                pieces.append(stream.rest());
                assertThat(text.substring(0, 5) + pieces).isEqualTo(tokenizer.decodeWithoutSpecialTokens(tokens));
            }
        }
    }
}
