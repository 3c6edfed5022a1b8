package dev.steelyard.language.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void shardsAreReadTogether() throws IOException {
        try (CausalLanguageModel model = CausalLanguageModelTest.model(CONFIG);
                Scope scope = Scope.open()) {
            model.save(folder);
            Files.delete(folder.resolve("model.safetensors"));
            LinkedHashMap<String, Tensor> rest = model.parameters();
            LinkedHashMap<String, Tensor> first = new LinkedHashMap<>();
            first.put("model.norm.weight", rest.remove("model.norm.weight"));
            WeightFile.write(folder.resolve("model-00001-of-00002.safetensors"), first);
            WeightFile.write(folder.resolve("model-00002-of-00002.safetensors"), rest);
            try (CausalLanguageModel loaded = CausalLanguageModel.load(folder)) {
                assertThat(logits(loaded)).isEqualTo(logits(model));
            }
        }
    }

    @Test
    void bfloat16AndFloat16BecomeFloat32() throws IOException {
        String header = "{\"a\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[4,6]},"
                + "\"c\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[6,7]},"
                + "\"d\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[6,10]}}";
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 7).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
        bytes.putShort((short) 0x3FC0).putShort((short) 0xC000).putShort(Float.floatToFloat16(0.375f));
        Path file = Files.write(folder.resolve("x.safetensors"), bytes.array());
        try (WeightFile weights = new WeightFile(file);
                Scope scope = Scope.open()) {
            Tensor a = Tensor.of(new float[2], 2);
            weights.copy("a", a);
            assertThat(a.toFloats()).containsExactly(1.5f, -2f);
            Tensor b = Tensor.of(new float[1], 1);
            weights.copy("b", b);
            assertThat(b.toFloats()).containsExactly(0.375f);
            assertThatThrownBy(() -> weights.copy("c", b)).hasMessageContaining("I8");
            assertThatThrownBy(() -> weights.copy("d", a)).hasMessageContaining("tensor d");
        }
    }

    @Test
    void misfitsAreNamed() throws IOException {
        try (CausalLanguageModel model = CausalLanguageModelTest.model(CONFIG)) {
            model.save(folder);
        }
        refuses(CONFIG.withLayers(3), "model.layers.2.input_layernorm.weight is missing");
        refuses(CONFIG.withLayers(1), "model.layers.1.input_layernorm.weight is not of this model");
        refuses(CONFIG.withIntermediateSize(32), "shape [16, 24], config.json asks for [16, 32]");
        Path file = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
        refuses(CONFIG, "fetch the file again");
        Files.write(file, new byte[5]);
        refuses(CONFIG, "cut off (5 bytes)");
        Files.delete(file);
        refuses(CONFIG, "no safetensors files");
    }

    private void refuses(ModelConfig config, String message) throws IOException {
        config.write(folder.resolve("config.json"));
        assertThatThrownBy(() -> CausalLanguageModel.load(folder))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(message);
    }
}
