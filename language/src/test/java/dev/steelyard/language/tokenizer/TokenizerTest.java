package dev.steelyard.language.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.language.model.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {

    @TempDir
    Path folder;

    @Test
    void aLongTextIsNotCutOff() {
        try (Tokenizer tokenizer = BytePairTrainer.train(List.of("ab"), BytePairOptions.of(300))) {
            assertThat(tokenizer.encode("x".repeat(5000))).hasSize(5000);
            assertThat(tokenizer.id("a")).isPresent();
            assertThat(tokenizer.id("nothing")).isEmpty();
        }
    }

    /** JSON's escapes can write them, and they have no UTF-8. */
    @Test
    void halvesOfSurrogatePairsSpoilNothingElse() {
        List<String> texts = List.of("\uDC00 x", "\uD800", "a\uD83Db\uD83D\uDE42\uD83D");
        try (Tokenizer tokenizer = BytePairTrainer.train(texts, BytePairOptions.of(300))) {
            assertThat(tokenizer.decode(tokenizer.encode("\uD83D\uDE42é\u0000\uD800")))
                    .isEqualTo("\uD83D\uDE42é\u0000\uFFFD");
            assertThat(tokenizer.decode(tokenizer.encode("\uDE42\uD83D"))).isEqualTo("\uFFFD\uFFFD");
            assertThat(tokenizer.decode(tokenizer.encodeWithSpecialTokens("\uD83D\uD83D\uDE42")))
                    .isEqualTo("\uFFFD\uD83D\uDE42");
            // Learnt from as it is encoded: the replacement's three bytes are one token.
            assertThat(tokenizer.encode("\uD800")).hasSize(1);
        }
    }

    /** Transformers would otherwise take it for Llama 2's, and begin texts with an id that the model does not have. */
    @Test
    void whatTransformersReadsBesideItIsWrittenAndKept() throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        try (Tokenizer tokenizer = BytePairTrainer.train(List.of("ab"), BytePairOptions.of(300))) {
            tokenizer.save(first);
        }
        assertThat(first.resolve("tokenizer_config.json"))
                .content()
                .contains("PreTrainedTokenizerFast", "\"eos_token\" : \"<|endoftext|>\"");
        Files.writeString(first.resolve("special_tokens_map.json"), "{}");
        Path second = Files.createDirectory(folder.resolve("second"));
        try (Tokenizer tokenizer = Tokenizer.load(first)) {
            tokenizer.save(second);
        }
        for (String file : List.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")) {
            assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
    }

    @Test
    void aPostProcessorsTokensAreAddedWhenAsked() throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, """
                {"version": "1.0", "added_tokens": [{"id": 2, "content": "<s>", "special": true, "single_word": false,
                  "lstrip": false, "rstrip": false, "normalized": false}],
                 "pre_tokenizer": {"type": "Whitespace"}, "decoder": null, "normalizer": null,
                 "post_processor": {"type": "TemplateProcessing",
                   "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                   "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
                   "special_tokens": {"<s>": {"id": "<s>", "ids": [2], "tokens": ["<s>"]}}},
                 "model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "cat": 1}, "unk_token": "[UNK]"}}
                """);
        try (Tokenizer tokenizer = Tokenizer.load(file)) {
            assertThat(tokenizer.encode("cat dog")).containsExactly(1, 0);
            assertThat(tokenizer.encodeWithSpecialTokens("cat dog")).containsExactly(2, 1, 0);
            assertThat(tokenizer.vocabularySize()).isEqualTo(3);
        }
    }

    @Test
    void aVocabularyLargerThanTheModelsIsRefused() {
        try (Tokenizer tokenizer = BytePairTrainer.train(List.of("ab"), BytePairOptions.of(300))) {
            int size = tokenizer.vocabularySize();
            assertThatCode(() -> tokenizer.requireFits(ModelConfig.of(size, 8, 1, 1, 8)))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> tokenizer.requireFits(ModelConfig.of(size - 1, 8, 1, 1, 8)))
                    .isInstanceOf(InvalidTokenizerException.class)
                    .hasMessageContaining(String.valueOf(size))
                    .hasMessageContaining("vocab_size");
        }
    }

    @Test
    void refusesFilesThatAreNoTokenizer() throws IOException {
        assertThatThrownBy(() -> Tokenizer.load(folder))
                .isInstanceOf(InvalidTokenizerException.class)
                .hasMessageContaining("does not exist");
        for (String text : List.of("", "{", "{}", "{\"model\": {\"vocab\": {\"a\": 0}}}", "[1]")) {
            Path file = Files.writeString(folder.resolve("tokenizer.json"), text);
            assertThatThrownBy(() -> Tokenizer.load(file))
                    .as(text)
                    .isInstanceOf(InvalidTokenizerException.class)
                    .hasMessageContaining("tokenizer.json");
        }
    }
}
