package dev.steelyard.language.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.core.run.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.TreeMap;

/** Writes {@code config.json} with Hugging Face's keys. */
final class ConfigWriter {

    private ConfigWriter() {}

    static void write(ModelConfig config, Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        json.putArray("architectures").add("LlamaForCausalLM");
        new TreeMap<>(config.other()).forEach(json::set);
        json.put("model_type", "llama");
        json.put("hidden_act", "silu");
        json.put("attention_bias", false);
        json.put("mlp_bias", false);
        json.put("vocab_size", config.vocabularySize());
        json.put("hidden_size", config.hiddenSize());
        json.put("intermediate_size", config.intermediateSize());
        json.put("num_hidden_layers", config.layers());
        json.put("num_attention_heads", config.attentionHeads());
        json.put("num_key_value_heads", config.keyValueHeads());
        json.put("head_dim", config.headDimension());
        json.put("max_position_embeddings", config.maxPositions());
        json.put("rope_theta", config.ropeTheta());
        switch (config.ropeScaling()) {
            case RopeScaling.None none -> {}
            case RopeScaling.Linear linear ->
                json.putObject("rope_scaling").put("rope_type", "linear").put("factor", linear.factor());
            case RopeScaling.Llama3 llama3 ->
                json.putObject("rope_scaling")
                        .put("rope_type", "llama3")
                        .put("factor", llama3.factor())
                        .put("low_freq_factor", llama3.lowFrequencyFactor())
                        .put("high_freq_factor", llama3.highFrequencyFactor())
                        .put("original_max_position_embeddings", llama3.originalMaxPositions());
        }
        json.put("rms_norm_eps", config.rmsNormEpsilon());
        json.put("tie_word_embeddings", config.tieWordEmbeddings());
        // Without the keys, LlamaConfig would put 1 and 2 in their place.
        json.putNull("bos_token_id");
        config.beginToken().ifPresent(id -> json.put("bos_token_id", id));
        switch (config.endTokens().size()) {
            case 0 -> json.putNull("eos_token_id");
            case 1 -> json.put("eos_token_id", config.endTokens().getFirst());
            default -> config.endTokens().forEach(json.putArray("eos_token_id")::add);
        }
        json.put("torch_dtype", config.dtype());
        try {
            AtomicFiles.write(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
