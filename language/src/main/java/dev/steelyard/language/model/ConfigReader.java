package dev.steelyard.language.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code config.json} and refuses what the model would compute otherwise. */
final class ConfigReader {

    /** Keys that {@link ModelConfig} holds itself, under their old and new names. */
    static final Set<String> OWN_KEYS = Set.of(
            "vocab_size",
            "hidden_size",
            "intermediate_size",
            "num_hidden_layers",
            "num_attention_heads",
            "num_key_value_heads",
            "head_dim",
            "max_position_embeddings",
            "rope_theta",
            "rope_parameters",
            "rope_scaling",
            "rms_norm_eps",
            "tie_word_embeddings",
            "bos_token_id",
            "eos_token_id",
            "torch_dtype",
            "dtype",
            "model_type",
            "hidden_act",
            "attention_bias",
            "mlp_bias");

    private final Path file;

    ConfigReader(Path file) {
        this.file = file;
    }

    ModelConfig read() throws IOException {
        ObjectNode json = parse();
        requireSupported(json);
        int hidden = required(json, "hidden_size");
        int heads = required(json, "num_attention_heads");
        int headDimension = optional(json, "head_dim", 0);
        if (headDimension == 0) {
            if (heads < 1 || hidden % heads != 0) {
                throw invalid(
                        "num_attention_heads",
                        heads + " does not divide hidden_size " + hidden,
                        "give a divisor, or add head_dim");
            }
            headDimension = hidden / heads;
        }
        Map<String, JsonNode> other = new LinkedHashMap<>();
        json.properties().forEach(entry -> {
            if (!OWN_KEYS.contains(entry.getKey())) {
                other.put(entry.getKey(), entry.getValue());
            }
        });
        try {
            return new ModelConfig(
                    required(json, "vocab_size"),
                    hidden,
                    required(json, "intermediate_size"),
                    required(json, "num_hidden_layers"),
                    heads,
                    optional(json, "num_key_value_heads", heads),
                    headDimension,
                    optional(json, "max_position_embeddings", ModelConfig.DEFAULT_MAX_POSITIONS),
                    ropeTheta(json),
                    ropeScaling(json),
                    number(json, "rms_norm_eps", ModelConfig.DEFAULT_RMS_NORM_EPSILON),
                    flag(json, "tie_word_embeddings"),
                    begin(json),
                    ends(json),
                    json.path("torch_dtype").asText(json.path("dtype").asText("float32")),
                    other);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(file + ": " + e.getMessage(), e);
        }
    }

    private ObjectNode parse() throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new InvalidModelException(
                    file + " does not exist: a model's folder holds config.json, model.safetensors and tokenizer.json",
                    e);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new InvalidModelException(file + " is not UTF-8 text: fetch the file again", e);
        }
        try {
            if (new ObjectMapper().readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new InvalidModelException(
                    file + ":" + e.getLocation().getLineNr() + " is not valid JSON: " + e.getOriginalMessage()
                            + ": fetch the file again",
                    e);
        }
        throw new InvalidModelException(file + " holds no JSON object: fetch the file again");
    }

    private void requireSupported(JsonNode json) {
        String type = json.path("model_type").asText("");
        if (!type.equals("llama")) {
            throw invalid("model_type", "'" + type + "' is not supported", "use a model of type 'llama'");
        }
        String activation = json.path("hidden_act").asText("silu");
        if (!activation.equals("silu")) {
            throw invalid("hidden_act", "'" + activation + "' is not supported", "use a model with 'silu'");
        }
        for (String key : List.of("attention_bias", "mlp_bias")) {
            if (flag(json, key)) {
                throw invalid(key, "biases are not supported", "use a model with " + key + " false");
            }
        }
    }

    /** Newer files name {@code rope_parameters}, older ones {@code rope_scaling} with the kind as {@code type}. */
    private RopeScaling ropeScaling(JsonNode json) {
        String key = absent(json, "rope_parameters") ? "rope_scaling" : "rope_parameters";
        JsonNode rope = json.path(key);
        String type = rope.path("rope_type").asText(rope.path("type").asText("default"));
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(required(rope, key, "factor"));
            case "llama3" ->
                new RopeScaling.Llama3(
                        required(rope, key, "factor"),
                        required(rope, key, "low_freq_factor"),
                        required(rope, key, "high_freq_factor"),
                        (int) required(rope, key, "original_max_position_embeddings"));
            default ->
                throw invalid(
                        key,
                        "rotary scaling '" + type + "' is not supported",
                        "use a model with 'linear' or 'llama3', or without");
        };
    }

    private double required(JsonNode object, String key, String inside) {
        if (absent(object, inside)) {
            throw invalid(key, inside + " is missing", "add it");
        }
        return number(object, inside, Double.NaN);
    }

    private double ropeTheta(JsonNode json) {
        return number(
                json.path("rope_parameters").has("rope_theta") ? json.path("rope_parameters") : json,
                "rope_theta",
                ModelConfig.DEFAULT_ROPE_THETA);
    }

    private OptionalInt begin(JsonNode json) {
        return absent(json, "bos_token_id") ? OptionalInt.empty() : OptionalInt.of(required(json, "bos_token_id"));
    }

    private List<Integer> ends(JsonNode json) {
        List<Integer> ids = new ArrayList<>();
        if (json.path("eos_token_id").isArray()) {
            for (JsonNode id : json.path("eos_token_id")) {
                if (!id.isInt()) {
                    throw invalid("eos_token_id", id + " is no whole number", "give token ids");
                }
                ids.add(id.intValue());
            }
        } else if (!absent(json, "eos_token_id")) {
            ids.add(required(json, "eos_token_id"));
        }
        return ids;
    }

    private static boolean absent(JsonNode json, String key) {
        return json.path(key).isMissingNode() || json.path(key).isNull();
    }

    private int required(JsonNode json, String key) {
        if (absent(json, key)) {
            throw invalid(key, "is missing", "add it");
        }
        JsonNode value = json.path(key);
        if (!value.isInt()) {
            throw invalid(key, value + " is no whole number", "give a whole number");
        }
        return value.intValue();
    }

    private int optional(JsonNode json, String key, int fallback) {
        return absent(json, key) ? fallback : required(json, key);
    }

    private double number(JsonNode json, String key, double fallback) {
        if (absent(json, key)) {
            return fallback;
        }
        if (!json.path(key).isNumber()) {
            throw invalid(key, json.path(key) + " is no number", "give a number");
        }
        return json.path(key).doubleValue();
    }

    private boolean flag(JsonNode json, String key) {
        if (absent(json, key)) {
            return false;
        }
        if (!json.path(key).isBoolean()) {
            throw invalid(key, json.path(key) + " is neither true nor false", "give true or false");
        }
        return json.path(key).booleanValue();
    }

    private InvalidModelException invalid(String key, String problem, String remedy) {
        return new InvalidModelException(file + ": " + key + ": " + problem + ": " + remedy);
    }
}
