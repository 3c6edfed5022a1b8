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
