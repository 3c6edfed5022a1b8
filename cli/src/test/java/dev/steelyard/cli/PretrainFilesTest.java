package dev.steelyard.cli;

import static dev.steelyard.cli.Steelyard.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fresh model whose shape and tokenizer are those of files. */
class PretrainFilesTest {

    @TempDir
    static Path shared;

    private static TinyModel other;

    @TempDir
    Path folder;

    private Path config;

    @BeforeAll
    static void train() throws IOException {
        other = TinyModel.in(shared).trained();
    }

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(folder.resolve("shape.json"), """
                {"model_type": "llama", "vocab_size": 290, "hidden_size": 16, "intermediate_size": 24,
                 "num_hidden_layers": 1, "num_attention_heads": 4, "num_key_value_heads": 2, "rope_theta": 500000.0,
                 "max_position_embeddings": 64, "bos_token_id": 3, "eos_token_id": [7, 0]}
                """);
    }

    private Steelyard.Outcome pretrain(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("pretrain", other.text(), "--out", out()));
        arguments.addAll(List.of("--steps", 4, "--batch", 2, "--length", 16, "--checkpoint-every", 2, "--threads", 1));
        arguments.addAll(Arrays.asList(more));
        return Steelyard.run(arguments.toArray());
    }

    private Path out() {
        return folder.resolve("out");
    }

    @Test
    void theShapeOfAConfigAndTheTokenizerOfAnotherModel() throws IOException {
        Object[] files = {"--config", config, "--tokenizer", other.folder()};
        Steelyard.Outcome trained = pretrain(files);
        assertThat(trained.code()).as(trained.err()).isZero();
        ModelConfig saved = ModelConfig.read(out().resolve("config.json"));
        assertThat(saved.keyValueHeads()).isEqualTo(2);
        assertThat(saved.ropeTheta()).isEqualTo(500_000);
        assertThat(saved.vocabularySize()).isEqualTo(290);
        assertThat(saved.beginToken()).hasValue(3);
        // The tokenizer's token after a text, which the file names too.
        assertThat(saved.endTokens()).containsExactly(0);
        assertThat(out().resolve(Tokenizer.FILE_NAME))
                .hasSameBinaryContentAs(other.folder().resolve(Tokenizer.FILE_NAME));
        assertThat(Steelyard.run("generate", out(), "the small", "--tokens", 3).out())
                .startsWith("the small");

        List<Object> resumed = new ArrayList<>(Arrays.asList(files));
        resumed.add("--resume");
        assertThat(pretrain(resumed.toArray()).code()).isZero();
    }

    @Test
    void aTokenizerIsLearntToTheSizeThatAConfigSays() throws IOException {
        Steelyard.Outcome trained = pretrain("--config", config);
        assertThat(trained.code()).as(trained.err()).isZero();
        ModelConfig saved = ModelConfig.read(out().resolve("config.json"));
        try (Tokenizer tokenizer = Tokenizer.load(out())) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(290);
            // The file's ids are of another tokenizer.
            assertThat(saved.beginToken()).isEmpty();
            assertThat(saved.endTokens())
                    .containsExactly(tokenizer.id("<|endoftext|>").orElseThrow());
        }
    }

    @Test
    void filesThatDoNotFitOrAreNotThere() throws IOException {
        assertRefused(pretrain("--config", config, "--width", 32), "--width", "--config", "one of the two");
        assertRefused(pretrain("--tokenizer", other.folder(), "--vocabulary", 300), "--vocabulary", "--tokenizer");
        assertRefused(pretrain("--config", folder.resolve("no.json")), "no.json", "does not exist");
        assertRefused(pretrain("--tokenizer", folder.resolve("no.json")), "no.json", "does not exist");
        Files.writeString(config, Files.readString(config).replace("290", "279"));
        assertRefused(pretrain("--config", config, "--tokenizer", other.folder()), "280 ids", "vocab_size is 279");
        Files.writeString(config, Files.readString(config).replace("279", "100"));
        assertRefused(pretrain("--config", config), "at least 257", "100");
        assertThat(out().resolve("checkpoints")).doesNotExist();
    }

    @Test
    void trainingEndsTextsWithATokenAtWhichTheModelStops() {
        ModelConfig model = ModelConfig.of(300, 16, 1, 2, 16);
        assertThat(EndOfText.of(model.withEndTokens(List.of(5, 6)), OptionalInt.of(6)))
                .isEqualTo(6);
        assertThat(EndOfText.of(model.withEndTokens(List.of(5, 6)), OptionalInt.of(7)))
                .isEqualTo(5);
        assertThat(EndOfText.of(model.withEndTokens(List.of(5)), OptionalInt.empty()))
                .isEqualTo(5);
        assertThat(EndOfText.of(model, OptionalInt.of(7))).isEqualTo(7);
    }

    /** As generation has them: a model that was trained with a token before each text is tuned with it too. */
    @Test
    void textsAreTunedOnWithTheTokensThatBeginThem() throws IOException {
        Path file = Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "added_tokens": [], "pre_tokenizer": {"type": "Whitespace"}, "decoder": null,
                 "normalizer": null, "post_processor": {"type": "TemplateProcessing",
                   "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                     {"SpecialToken": {"id": "</s>", "type_id": 0}}],
                   "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
                   "special_tokens": {"<s>": {"id": "<s>", "ids": [2], "tokens": ["<s>"]},
                     "</s>": {"id": "</s>", "ids": [3], "tokens": ["</s>"]}}},
                 "model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "cat": 1, "<s>": 2, "</s>": 3},
                   "unk_token": "[UNK]"}}
                """);
        try (Tokenizer tokenizer = Tokenizer.load(file)) {
            assertThat(TextTraining.tokens(tokenizer, "cat cat", 3)).containsExactly(2, 1, 1);
            assertThat(TextTraining.tokens(tokenizer, "cat", 9)).containsExactly(2, 1, 3);
        }
    }
}
