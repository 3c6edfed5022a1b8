package dev.steelyard.language.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.core.run.AtomicFiles;
import dev.steelyard.language.lora.LoraOptions.Initialisation;
import dev.steelyard.language.model.InvalidModelException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code adapter_config.json}: read and written in peft's words, and refused where it asks for what is not built. */
final class AdapterConfig {

    static final String FILE = "adapter_config.json";

    private static final String LORA = "LORA";
    private static final String ALL_LINEAR = "all-linear";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Switches of peft that change what is computed, and that must be off. */
    private static final List<String> SWITCHES =
            List.of("use_dora", "use_rslora", "fan_in_fan_out", "lora_bias", "use_qalora");

    /** Settings of peft that change what is computed, and that must be empty. */
    private static final List<String> SETTINGS = List.of(
            "modules_to_save",
            "rank_pattern",
            "alpha_pattern",
            "layers_to_transform",
            "layers_pattern",
            "exclude_modules",
            "layer_replication",
            "trainable_token_indices",
            "target_parameters",
            "alora_invocation_tokens",
            "megatron_config");

    /** Beginnings of A and B that leave the base's weights alone; others, such as pissa, are of another base. */
    private static final List<String> BEGINNINGS = List.of("true", "false", "gaussian", "eva", "orthogonal");

    private final Path file;

    private AdapterConfig(Path file) {
        this.file = file;
    }

    static void write(Path folder, LoraOptions options) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("peft_type", LORA);
        json.put("task_type", "CAUSAL_LM");
        json.put("base_model_name_or_path", options.base());
        json.put("r", options.rank());
        json.put("lora_alpha", options.alpha());
        if (options.alpha() == Math.rint(options.alpha()) && options.alpha() <= Integer.MAX_VALUE) {
            // Peft declares it a whole number.
            json.put("lora_alpha", (int) options.alpha());
        }
        json.put("lora_dropout", options.dropout());
        options.targets().forEach(json.putArray("target_modules")::add);
        json.put("bias", "none");
        switch (options.initialisation()) {
            case KAIMING -> json.put("init_lora_weights", true);
            case GAUSSIAN -> json.put("init_lora_weights", "gaussian");
        }
        SWITCHES.subList(0, 3).forEach(key -> json.put(key, false));
        json.putNull("modules_to_save");
        json.put("inference_mode", true);
        AtomicFiles.write(
                folder.resolve(FILE), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
    }

    static LoraOptions read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new InvalidModelException(
                    file + " is not there: an adapter's folder holds " + FILE + " and " + AdapterWeights.FILE);
        }
        return new AdapterConfig(file).read();
    }

    private LoraOptions read() throws IOException {
        JsonNode json = parse();
        requireSupported(json);
        try {
            return new LoraOptions(
                    rank(json),
                    number(json, "lora_alpha", LoraOptions.defaults().alpha()),
                    number(json, "lora_dropout", 0),
                    targets(json.path("target_modules")),
                    json.path("init_lora_weights").asText().equals("gaussian")
                            ? Initialisation.GAUSSIAN
                            : Initialisation.KAIMING,
                    json.path("base_model_name_or_path").asText(""));
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(file + ": " + e.getMessage(), e);
        }
    }

    private JsonNode parse() throws IOException {
        JsonNode json;
        try {
            json = JSON.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new InvalidModelException(
                    file + ":" + e.getLocation().getLineNr() + " is not valid JSON: " + e.getOriginalMessage()
                            + ": fetch the file again",
                    e);
        } catch (CharacterCodingException e) {
            throw new InvalidModelException(file + " is not UTF-8 text: fetch the file again", e);
        }
        if (!json.isObject()) {
            throw new InvalidModelException(file + " holds no JSON object: fetch the file again");
        }
        return json;
    }

    private void requireSupported(JsonNode json) {
        String type = json.path("peft_type").asText("");
        if (!type.equals(LORA)) {
            throw unsupported("peft_type", "'" + type + "'");
        }
        String bias = json.path("bias").asText("none");
        if (!bias.equals("none")) {
            throw unsupported("bias", "'" + bias + "'");
        }
        String beginning = json.path("init_lora_weights").asText("true");
        if (!BEGINNINGS.contains(beginning)) {
            throw unsupported("init_lora_weights", "'" + beginning + "', which changes the base's weights,");
        }
        SWITCHES.stream().filter(key -> json.path(key).asBoolean(false)).forEach(key -> {
            throw unsupported(key, "true");
        });
        SETTINGS.stream().filter(key -> isSet(json.path(key))).forEach(key -> {
            throw unsupported(key, json.path(key).toString());
        });
    }

    private static boolean isSet(JsonNode value) {
        return !value.isMissingNode() && !value.isNull() && !(value.isContainerNode() && value.isEmpty());
    }

    private int rank(JsonNode json) {
        if (!json.path("r").isInt()) {
            throw new InvalidModelException(
                    file + ": r: " + json.path("r") + " is no whole number: give the adapter's rank");
        }
        return json.path("r").intValue();
    }

    private double number(JsonNode json, String key, double fallback) {
        if (!isSet(json.path(key))) {
            return fallback;
        }
        if (!json.path(key).isNumber()) {
            throw new InvalidModelException(file + ": " + key + ": " + json.path(key) + " is no number: give a number");
        }
        return json.path(key).doubleValue();
    }

    private List<String> targets(JsonNode node) {
        if (node.isTextual() && node.textValue().equals(ALL_LINEAR)) {
            return LoraOptions.ALL_LINEAR;
        }
        List<String> targets = new ArrayList<>();
        if (node instanceof ArrayNode array) {
            array.forEach(target -> targets.add(target.asText()));
        }
        if (targets.isEmpty()) {
            throw new InvalidModelException(file + ": target_modules: " + node + " is no list of names: list the"
                    + " layers, such as [\"q_proj\", \"v_proj\"], or write \"" + ALL_LINEAR + "\"");
        }
        return targets;
    }

    private InvalidModelException unsupported(String key, String value) {
        return new InvalidModelException(
                file + ": " + key + ": " + value + " is not supported: use an adapter of plain LoRA");
    }
}
