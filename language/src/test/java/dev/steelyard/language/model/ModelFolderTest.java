package dev.steelyard.language.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFolderTest {

    private static final ModelConfig CONFIG = CausalLanguageModelTest.GROUPED;
    private static final long[] IDS = {1, 2, 3};

    @TempDir
    Path folder;

    private static double[] logits(CausalLanguageModel model) {
        try (Scope scope = Scope.open()) {
            return model.logits(Tensor.of(IDS, 1, 3)).toDoubles();
        }
    }

    @Test
    void whatIsSavedIsLoadedBitByBit() throws IOException {
        try (CausalLanguageModel model = CausalLanguageModelTest.model(CONFIG.withTieWordEmbeddings(false))) {
            model.save(folder);
            model.save(folder);
            try (CausalLanguageModel loaded = CausalLanguageModel.load(folder)) {
                assertThat(logits(loaded)).isEqualTo(logits(model));
                assertThat(loaded.parameters().values()).allMatch(Tensor::isDifferentiable);
            }
            assertThat(folder.toFile().list()).containsExactlyInAnyOrder("config.json", "model.safetensors");
        }
    }

    @Test
    void aLargeModelIsSavedInShardsAndLoadedBitByBit() throws IOException {
        try (CausalLanguageModel model = CausalLanguageModelTest.model(CONFIG)) {
            model.save(folder);
            model.save(folder, 4_000);
            assertThat(folder.resolve("model.safetensors")).doesNotExist();
            assertThat(folder.toFile().list())
                    .contains("config.json", "model.safetensors.index.json", "model-00001-of-00006.safetensors")
                    .hasSize(8);
            try (CausalLanguageModel loaded = CausalLanguageModel.load(folder)) {
                assertThat(logits(loaded)).isEqualTo(logits(model));
            }
            model.save(folder);
            try (CausalLanguageModel loaded = CausalLanguageModel.load(folder)) {
                assertThat(logits(loaded)).isEqualTo(logits(model));
            }
        }
    }

    @Test
    void aShardThatIsMissingOrSpoiltIsNamed() throws IOException {
        try (CausalLanguageModel model = CausalLanguageModelTest.model(CONFIG)) {
            model.save(folder, 4_000);
        }
        Path shard = folder.resolve("model-00002-of-00006.safetensors");
        byte[] bytes = Files.readAllBytes(shard);
        Files.write(shard, Arrays.copyOf(bytes, bytes.length - 4));
        refuses(CONFIG, SafetensorsException.class, shard.toString());
        Files.delete(shard);
        refuses(CONFIG, SafetensorsException.class, "shard model-00002-of-00006.safetensors");
    }

    /** As such folders come: older ones hold a copy of the tied head and the rotary frequencies, newer ones neither. */
    @Test
    void aTiedHeadMayBeThereOrNot() throws IOException {
        try (CausalLanguageModel model = CausalLanguageModelTest.model(CONFIG);
                Scope scope = Scope.open()) {
            model.save(folder);
            double[] expected = logits(model);
            Map<String, Tensor> more = model.parameters();
            more.put("lm_head.weight", Tensor.zeros(DType.FLOAT32, 11, 16));
            more.put("model.layers.0.self_attn.rotary_emb.inv_freq", Tensor.zeros(DType.FLOAT32, 3));
            SafetensorsWriter.write(folder.resolve("model.safetensors"), more, Map.of("format", "pt"));
            try (CausalLanguageModel loaded = CausalLanguageModel.load(folder)) {
                assertThat(logits(loaded)).isEqualTo(expected);
            }
        }
        try (CausalLanguageModel model = CausalLanguageModelTest.model(CONFIG)) {
            model.save(folder);
        }
        refuses(CONFIG.withTieWordEmbeddings(false), InvalidModelException.class, "set tie_word_embeddings to true");
    }

    @ParameterizedTest
    @EnumSource(
            value = DType.class,
            names = {"FLOAT16", "BFLOAT16", "FLOAT64"})
    void weightsOfOtherTypesAreWidenedOrKept(DType type) throws IOException {
        try (CausalLanguageModel model = CausalLanguageModelTest.model(CONFIG);
                Scope scope = Scope.open()) {
            model.save(folder);
            Map<String, Tensor> stored = new LinkedHashMap<>();
            model.parameters()
                    .forEach((name, tensor) -> stored.put(name, tensor.detach().to(type)));
            SafetensorsWriter.write(folder.resolve("model.safetensors"), stored, Map.of("format", "pt"));
            double[] exact = logits(model);
            double rounding = type == DType.BFLOAT16 ? 0.2 : type == DType.FLOAT16 ? 0.02 : 1e-5;
            try (CausalLanguageModel widened = CausalLanguageModel.load(folder)) {
                assertThat(widened.type()).isEqualTo(DType.FLOAT32);
                stored.forEach((name, tensor) ->
                        assertThat(widened.parameters().get(name).toFloats()).isEqualTo(tensor.toFloats()));
                assertThat(logits(widened)).containsExactly(exact, within(rounding));
            }
            try (CausalLanguageModel kept = CausalLanguageModel.load(folder, type)) {
                assertThat(kept.type()).isEqualTo(type);
                assertThat(logits(kept)).containsExactly(exact, within(rounding));
                assertCacheAgrees(kept, rounding);
                Path again = folder.resolve("again");
                kept.save(again);
                assertThat(again.resolve("model.safetensors"))
                        .hasSameBinaryContentAs(folder.resolve("model.safetensors"));
                assertThat(ModelConfig.read(again.resolve("config.json")).dtype())
                        .isEqualToIgnoringCase(type.name());
            }
        }
    }

    private static void assertCacheAgrees(CausalLanguageModel model, double rounding) {
        try (Scope scope = Scope.open();
                KeyValueCache cache = model.cache(1, IDS.length)) {
            Tensor ids = Tensor.of(IDS, 1, IDS.length);
            model.nextLogits(ids.narrow(1, 0, 2), cache);
            double[] last = model.nextLogits(ids.narrow(1, 2, 1), cache).toDoubles();
            assertThat(last).containsExactly(model.logits(ids).select(1, 2).toDoubles(), within(rounding));
        }
    }

    @Test
    void typesThatAreNotComputedWithAreRefused() throws IOException {
        try (CausalLanguageModel model = CausalLanguageModelTest.model(CONFIG);
                Scope scope = Scope.open()) {
            model.save(folder);
            Map<String, Tensor> stored = model.parameters();
            stored.put("model.norm.weight", Tensor.zeros(DType.INT8, 16));
            SafetensorsWriter.write(folder.resolve("model.safetensors"), stored, Map.of());
        }
        refuses(CONFIG, SafetensorsException.class, "tensor 'model.norm.weight' is of type I8");
        assertThatThrownBy(() -> CausalLanguageModel.load(folder, DType.INT64)).hasMessageContaining("INT64");
    }

    @Test
    void misfitsAreNamed() throws IOException {
        try (CausalLanguageModel model = CausalLanguageModelTest.model(CONFIG)) {
            model.save(folder);
        }
        refuses(CONFIG.withLayers(3), InvalidModelException.class, "model.layers.2.input_layernorm.weight is missing");
        refuses(
                CONFIG.withLayers(1),
                InvalidModelException.class,
                "model.layers.1.input_layernorm.weight is not of this model");
        refuses(
                CONFIG.withIntermediateSize(32),
                InvalidModelException.class,
                "shape [24, 16], config.json asks for [32, 16]");
        Path file = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
        refuses(CONFIG, SafetensorsException.class, "fetch the file again");
        Files.write(file, new byte[5]);
        refuses(CONFIG, SafetensorsException.class, "5 bytes");
        Files.delete(file);
        refuses(CONFIG, SafetensorsException.class, "no safetensors files");
    }

    private void refuses(ModelConfig config, Class<? extends RuntimeException> type, String message)
            throws IOException {
        config.write(folder.resolve("config.json"));
        assertThatThrownBy(() -> CausalLanguageModel.load(folder))
                .isInstanceOf(type)
                .hasMessageContaining(message);
    }
}
