package dev.steelyard.torch.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.torch.safetensors.SafetensorsException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The header of a file: its tensors, which fill the buffer without gap or overlap, and its metadata. */
record SafetensorsHeader(Map<String, TensorEntry> tensors, Map<String, String> metadata) {

    static final String METADATA = "__metadata__";

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
     * Reads and checks a header.
     *
     * @param bufferBytes length of what follows the header
     */
    static SafetensorsHeader parse(Path file, byte[] header, long bufferBytes) {
        JsonNode root = json(file, header);
        Map<String, String> metadata = new LinkedHashMap<>();
        List<TensorEntry> entries = new ArrayList<>();
        root.properties().forEach(property -> {
            if (property.getKey().equals(METADATA)) {
                metadata.putAll(metadata(file, property.getValue()));
            } else {
                entries.add(entry(file, property.getKey(), property.getValue()));
            }
        });
        entries.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
        requireContiguous(file, entries, bufferBytes);
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        entries.forEach(entry -> tensors.put(entry.name(), entry));
        return new SafetensorsHeader(tensors, metadata);
    }

    private static JsonNode json(Path file, byte[] header) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(header))
                    .toString();
            if (!text.startsWith("{")) {
                throw invalid(file, "the header does not start with '{'");
            }
            try (JsonParser parser = JSON.createParser(text)) {
                return JSON.readTree(parser);
            }
        } catch (CharacterCodingException e) {
            throw invalid(file, "the header is not UTF-8");
        } catch (JsonProcessingException e) {
            throw invalid(file, "the header is no JSON that this format allows: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw invalid(file, "the header cannot be read: " + e.getMessage());
        }
    }

    private static Map<String, String> metadata(Path file, JsonNode node) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (!node.isObject()) {
            throw invalid(file, METADATA + " is no object");
        }
        node.properties().forEach(property -> {
            if (!property.getValue().isTextual()) {
                throw invalid(file, METADATA + " value '" + property.getKey() + "' is no string");
            }
            metadata.put(property.getKey(), property.getValue().textValue());
        });
        return metadata;
    }

    private static TensorEntry entry(Path file, String name, JsonNode node) {
        JsonNode type = node.path("dtype");
        JsonNode shape = node.path("shape");
        JsonNode offsets = node.path("data_offsets");
        if (!type.isTextual() || !shape.isArray() || !offsets.isArray() || offsets.size() != 2) {
            throw invalid(file, "tensor '" + name + "' lacks dtype, shape or data_offsets");
        }
        SafetensorsType known;
        try {
            known = SafetensorsType.valueOf(type.textValue());
        } catch (IllegalArgumentException e) {
            throw invalid(file, "tensor '" + name + "' has unknown dtype '" + type.textValue() + "'");
        }
        List<Long> lengths = new ArrayList<>();
        shape.forEach(length -> lengths.add(number(file, name, length)));
        TensorEntry entry = new TensorEntry(
                name, known, lengths, number(file, name, offsets.get(0)), number(file, name, offsets.get(1)));
        requireSize(file, entry);
        return entry;
    }

    private static long number(Path file, String name, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw invalid(file, "tensor '" + name + "' has '" + node + "' where a count of at least 0 belongs");
        }
        return node.longValue();
    }

    private static void requireSize(Path file, TensorEntry entry) {
        if (entry.end() < entry.begin()) {
            throw new SafetensorsException(
                    Reason.INVALID_OFFSET, file, "tensor '" + entry.name() + "' ends before it begins");
        }
        long bits = 1;
        try {
            for (long length : entry.shape()) {
                bits = Math.multiplyExact(bits, length);
            }
            bits = Math.multiplyExact(bits, entry.type().bits());
        } catch (ArithmeticException e) {
            throw new SafetensorsException(
                    Reason.VALIDATION_OVERFLOW, file, "the size of tensor '" + entry.name() + "' overflows 64 bits");
        }
        if (bits % Byte.SIZE != 0) {
            throw new SafetensorsException(
                    Reason.MISALIGNED_SLICE, file, "tensor '" + entry.name() + "' does not end on a whole byte");
        }
        if (entry.end() - entry.begin() != bits / Byte.SIZE) {
            throw new SafetensorsException(
                    Reason.TENSOR_INVALID_INFO,
                    file,
                    "tensor '" + entry.name() + "' has " + (entry.end() - entry.begin()) + " bytes, but shape "
                            + entry.shape() + " of " + entry.type() + " needs " + bits / Byte.SIZE);
        }
    }

    private static void requireContiguous(Path file, List<TensorEntry> entries, long bufferBytes) {
        long end = 0;
        for (TensorEntry entry : entries) {
            if (entry.begin() != end) {
                throw new SafetensorsException(
                        Reason.INVALID_OFFSET,
                        file,
                        "tensor '" + entry.name() + "' begins at " + entry.begin() + ", where " + end + " was due");
            }
            end = entry.end();
        }
        if (end != bufferBytes) {
            throw new SafetensorsException(
                    Reason.METADATA_INCOMPLETE_BUFFER,
                    file,
                    "the header describes " + end + " bytes of tensors, the file holds " + bufferBytes
                            + "; fetch the file again");
        }
    }

    private static SafetensorsException invalid(Path file, String message) {
        return new SafetensorsException(Reason.INVALID_HEADER, file, message);
    }
}
