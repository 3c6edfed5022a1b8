package dev.steelyard.language.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.InvalidModelException;
import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.safetensors.SafetensorsException;
import dev.steelyard.torch.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Adapters of others, and such as are spoilt. */
class AdapterFolderTest {

    private static final Seeds SEEDS = Seeds.root(5);
    private static final String FIRST = "base_model.model.model.layers.0.self_attn.q_proj.lora_";

    /** As peft 0.15 writes it, defaults and all. */
    private static final String PEFT = """
        {
          "alpha_pattern": {},
          "auto_mapping": null,
          "base_model_name_or_path": "meta-llama/Llama-3.2-1B",
          "bias": "none",
          "corda_config": null,
          "eva_config": null,
          "exclude_modules": null,
          "fan_in_fan_out": false,
          "inference_mode": true,
          "init_lora_weights": true,
          "layer_replication": null,
          "layers_pattern": null,
          "layers_to_transform": null,
          "loftq_config": {},
          "lora_alpha": 16,
          "lora_bias": false,
          "lora_dropout": 0.05,
          "megatron_config": null,
          "megatron_core": "megatron.core",
          "modules_to_save": null,
          "peft_type": "LORA",
          "r": 2,
          "rank_pattern": {},
          "revision": null,
          "target_modules": ["q_proj"],
          "task_type": "CAUSAL_LM",
          "trainable_token_indices": null,
          "use_dora": false,
          "use_rslora": false
        }
        """;

    @TempDir
    Path folder;

    private final CausalLanguageModel model = CausalLanguageModel.initialise(
            ModelConfig.of(13, 16, 1, 4, 16), Seeds.root(3).generator("model"));

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("adapter_config.json"), PEFT);
        weights(Map.of(FIRST + "A.weight", new long[] {2, 16}, FIRST + "B.weight", new long[] {16, 2}));
    }

    @AfterEach
    void close() {
        model.close();
    }

    private void weights(Map<String, long[]> shapes) throws IOException {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            shapes.forEach((name, shape) -> tensors.put(name, Tensor.ones(DType.BFLOAT16, shape)));
            SafetensorsWriter.write(folder.resolve("adapter_model.safetensors"), tensors, Map.of("format", "pt"));
        }
    }

    private void refuses(Class<? extends Exception> type, String... told) {
        assertThatThrownBy(() -> LoraAdapter.load(model, folder, SEEDS))
                .isInstanceOf(type)
                .hasMessageContainingAll(told);
        // Nothing of it is left on the model.
        LoraAdapter.attach(model, LoraOptions.defaults().withTargets(LoraOptions.ALL_LINEAR), SEEDS)
                .close();
    }

    @Test
    void anAdapterOfPeftIsRead() throws IOException {
        try (LoraAdapter adapter = LoraAdapter.load(model, folder, SEEDS)) {
            assertThat(adapter.options().rank()).isEqualTo(2);
            assertThat(adapter.options().scale()).isEqualTo(8);
            assertThat(adapter.options().dropout()).isEqualTo(0.05);
            assertThat(adapter.options().base()).isEqualTo("meta-llama/Llama-3.2-1B");
            assertThat(adapter.parameters().get(FIRST + "B.weight").toFloats()).containsOnly(1f);
        }
        Files.writeString(folder.resolve("adapter_config.json"), PEFT.replace("[\"q_proj\"]", "\"all-linear\""));
        refuses(InvalidModelException.class, "k_proj.lora_A.weight is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "peft_type|\"IA3\"",
                "bias|\"all\"",
                "use_dora|true",
                "use_rslora|true",
                "fan_in_fan_out|true",
                "modules_to_save|[\"lm_head\"]",
                "rank_pattern|{\"q_proj\": 4}",
                "layers_to_transform|[0]",
                "r|0",
                "r|\"8\"",
                "lora_alpha|\"x\"",
                "lora_dropout|1.5",
                "target_modules|\".*proj\"",
                "target_modules|[\"fc1\"]"
            })
    void settingsThatAreNotBuiltAreRefused(String key, String value) throws IOException {
        Files.writeString(
                folder.resolve("adapter_config.json"),
                PEFT.replaceAll("\"" + key + "\": [^\n]*?(,?)\n", "\"" + key + "\": " + value + "$1\n"));
        String told = key.replace("lora_", "").replace("target_modules", "target");
        refuses(InvalidModelException.class, "adapter_config.json", told.equals("r") ? "r" : told);
    }

    /** Peft would take the principal part out of the base's weights before it adds such an adapter. */
    @Test
    void beginningsThatChangeTheBaseAreRefused() throws IOException {
        Files.writeString(
                folder.resolve("adapter_config.json"), PEFT.replace("_weights\": true", "_weights\": \"pissa\""));
        refuses(InvalidModelException.class, "init_lora_weights", "'pissa'", "plain LoRA");
    }

    @Test
    void weightsThatDoNotFitAreNamed() throws IOException {
        weights(Map.of(FIRST + "A.weight", new long[] {2, 16}));
        refuses(InvalidModelException.class, FIRST + "B.weight is missing");
        weights(Map.of(FIRST + "A.weight", new long[] {2, 8}, FIRST + "B.weight", new long[] {16, 2}));
        refuses(InvalidModelException.class, FIRST + "A.weight has shape [2, 8]", "[2, 16]");
        weights(Map.of(
                FIRST + "A.weight", new long[] {2, 16}, FIRST + "B.weight", new long[] {16, 2}, "more", new long[] {1
                }));
        refuses(InvalidModelException.class, "tensor more belongs to no target");
    }

    @Test
    void filesThatAreMissingOrSpoilt() throws IOException {
        Path weights = folder.resolve("adapter_model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(bytes, bytes.length - 1));
        refuses(SafetensorsException.class, weights.toString());
        Files.delete(weights);
        refuses(InvalidModelException.class, weights + " is not there");
        Path config = folder.resolve("adapter_config.json");
        Files.writeString(config, "{\n\"r\": }");
        refuses(InvalidModelException.class, config + ":2", "not valid JSON");
        Files.writeString(config, "[]");
        refuses(InvalidModelException.class, "no JSON object");
        Files.delete(config);
        refuses(InvalidModelException.class, config + " is not there");
    }
}
