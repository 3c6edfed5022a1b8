package dev.steelyard.torch.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.torch.safetensors.SafetensorsException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file {@code model.safetensors.index.json}: which shard holds which tensor.
 *
 * @param shards name of the shard's file, relative to the index's folder, by tensor
 * @param totalBytes of all tensors; only for writing
 */
record ShardIndex(Map<String, String> shards, long totalBytes) {

    static final String FILE = "model.safetensors.index.json";

    /** As much as a header may have; an index holds no more names. */
    private static final long LONGEST = 100_000_000;

    private static final int DEEPEST = 8;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads and checks an index; the shards themselves are not looked at.
     *
     * @throws SafetensorsException if it is no index, names a tensor twice, or a shard outside its folder
     */
    static ShardIndex read(Path file) throws IOException {
        long length = Files.size(file);
        if (length > LONGEST) {
            throw invalid(file, "an index of " + length + " bytes is refused, at most " + LONGEST + " are allowed");
        }
        JsonNode map = json(file).path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw invalid(file, "there is no object 'weight_map' that names a tensor; fetch the index again");
        }
        Map<String, String> shards = new LinkedHashMap<>();
        map.properties().forEach(property -> {
            if (!property.getValue().isTextual()) {
                throw invalid(
                        file,
                        "tensor '" + property.getKey() + "' is mapped to " + property.getValue()
                                + " where the name of a shard belongs");
            }
            requireInside(file, property.getKey(), property.getValue().textValue());
            shards.put(property.getKey(), property.getValue().textValue());
        });
        return new ShardIndex(shards, 0);
    }

    private static JsonNode json(Path file) throws IOException {
        try (JsonParser parser = JSON.createParser(Files.readAllBytes(file))) {
            return JSON.readTree(parser);
        } catch (JsonProcessingException e) {
            throw invalid(file, "the index is no JSON that this format allows: " + e.getOriginalMessage());
        }
    }

    /** Relative, downwards only, and the same on every system. */
    private static void requireInside(Path file, String tensor, String shard) {
        boolean outside = false;
        for (int i = 0; i < shard.length(); i++) {
            char letter = shard.charAt(i);
            outside |= letter == '\\' || letter == ':' || letter < ' ';
        }
        for (String part : shard.split("/", -1)) {
            outside |= part.isEmpty() || part.equals(".") || part.equals("..");
        }
        if (outside) {
            throw new SafetensorsException(
                    Reason.SHARD_OUTSIDE,
                    file,
                    "tensor '" + tensor + "' is mapped to '" + shard
                            + "', which is no plain path below the index's folder; do not use this model");
        }
    }

    /** The index as its file holds it. */
    byte[] toJson() throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("metadata").put("total_size", totalBytes);
        ObjectNode map = root.putObject("weight_map");
        shards.forEach(map::put);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    private static SafetensorsException invalid(Path file, String message) {
        return new SafetensorsException(Reason.INVALID_INDEX, file, message);
    }
}
