package dev.steelyard.language.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {

    private static final String VALID = """
        {"model_type": "llama", "vocab_size": 100, "hidden_size": 48, "intermediate_size": 64,
         "num_hidden_layers": 2, "num_attention_heads": 6, "num_key_value_heads": 3,
         "max_position_embeddings": 128, "rope_theta": 500000.0, "rms_norm_eps": 1e-5,
         "tie_word_embeddings": true, "bos_token_id": 1, "eos_token_id": [2, 3], "torch_dtype": "bfloat16",
         "rope_scaling": null, "attention_bias": false, "initializer_range": 0.02, "mine": {"a": [1]}}
        """;

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgainWithUnknownKeys() throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), VALID);
        ModelConfig config = ModelConfig.read(file);
        assertThat(config.headDimension()).isEqualTo(8);
        assertThat(config.ropeTheta()).isEqualTo(500_000);
        assertThat(config.endTokens()).containsExactly(2, 3);
        assertThat(config.other()).containsKeys("mine", "initializer_range");
        config.write(file);
        assertThat(ModelConfig.read(file).withOther(config.other())).isEqualTo(config);
        assertThat(Files.readString(file)).contains("\"mine\"").contains("\"torch_dtype\" : \"bfloat16\"");
        ModelConfig fresh = ModelConfig.of(100, 48, 2, 6, 128);
        fresh.write(file);
        assertThat(ModelConfig.read(file).beginToken()).isEmpty();
    }

    @Test
    void rotaryScalingIsReadAndWritten() throws IOException {
        for (RopeScaling scaling :
                new RopeScaling[] {new RopeScaling.Linear(4), new RopeScaling.Llama3(32, 1, 4, 8192)}) {
            Path file = folder.resolve("config.json");
            ModelConfig config = ModelConfig.of(100, 48, 2, 6, 128).withRopeScaling(scaling);
            config.write(file);
            assertThat(ModelConfig.read(file).ropeScaling()).isEqualTo(scaling);
            Files.writeString(file, Files.readString(file).replace("rope_scaling", "rope_parameters"));
            assertThat(ModelConfig.read(file).ropeScaling()).isEqualTo(scaling);
        }
    }

    @Test
    void theNewerKeysForRotaryEmbeddingAndTypeAreRead() throws IOException {
        Path file = Files.writeString(
                folder.resolve("config.json"),
                VALID.replace(
                                "\"rope_theta\": 500000.0",
                                "\"rope_parameters\": {\"rope_theta\": 7, \"rope_type\":\"default\"}")
                        .replace("torch_dtype", "dtype"));
        assertThat(ModelConfig.read(file).ropeTheta()).isEqualTo(7);
        assertThat(ModelConfig.read(file).dtype()).isEqualTo("bfloat16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "\"llama\"|\"gpt2\"|model_type",
                "\"rope_scaling\": null|\"rope_scaling\": {\"rope_type\": \"yarn\", \"factor\": 4}|rope_scaling",
                "\"rope_scaling\": null|\"rope_scaling\": {\"rope_type\": \"llama3\"}|factor is missing",
                "\"rope_scaling\": null|\"rope_scaling\": {\"type\": \"linear\", \"factor\": 0.5}|factor",
                "\"attention_bias\": false|\"attention_bias\": true|attention_bias",
                "\"attention_bias\": false|\"hidden_act\": \"gelu\"|hidden_act",
                "\"num_attention_heads\": 6|\"num_attention_heads\": 5|num_attention_heads",
                "\"num_key_value_heads\": 3|\"num_key_value_heads\": 4|num_key_value_heads",
                "\"vocab_size\": 100|\"vocab_size\": 0|vocab_size",
                "\"vocab_size\": 100|\"vocab_size\": 1e10|vocab_size",
                "\"vocab_size\": 100,||vocab_size",
                "\"eos_token_id\": [2, 3]|\"eos_token_id\": 100|eos_token_id",
                "\"rms_norm_eps\": 1e-5|\"rms_norm_eps\": \"small\"|rms_norm_eps",
                "\"mine\"|mine|config.json:5",
            })
    void refusesWhatItWouldComputeOtherwise(String from, String to, String place) throws IOException {
        String text = VALID.replace(from, to == null ? "" : to);
        assertThat(text).isNotEqualTo(VALID);
        Path file = Files.writeString(folder.resolve("config.json"), text);
        assertThatThrownBy(() -> ModelConfig.read(file))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(place);
    }

    @Test
    void refusesAMissingOrEmptyFile() throws IOException {
        assertThatThrownBy(() -> ModelConfig.read(folder.resolve("config.json")))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("does not exist");
        Path empty = Files.writeString(folder.resolve("config.json"), "");
        assertThatThrownBy(() -> ModelConfig.read(empty)).hasMessageContaining("no JSON object");
    }
}
