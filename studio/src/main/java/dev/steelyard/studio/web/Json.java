package dev.steelyard.studio.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** JSON texts and trees. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            // What two readers could read in two ways is refused.
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * Reads a text; an empty one is null.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    public static JsonNode read(String text) {
        if (text == null || text.isBlank()) {
            return JsonNodeFactory.instance.nullNode();
        }
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            // What a parser's user could switch on, or where its buffer is, is not the sender's.
            String reason = e.getOriginalMessage().replaceAll("(?s): enable `.*| \\(start marker at .*", "");
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new IllegalArgumentException("this is no JSON: " + reason + place, e);
        }
    }

    /** Reads an object; an empty text is an empty object. */
    public static ObjectNode object(String text) {
        JsonNode node = read(text);
        if (node.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("the body must be a JSON object, not " + node);
    }

    /**
     * Requires that an object has no other fields than these.
     *
     * @throws IllegalArgumentException naming the field that is too many, and those there are
     */
    public static void requireOnly(ObjectNode object, List<String> fields) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!fields.contains(field.getKey())) {
                throw new IllegalArgumentException(
                        "the body has a field '" + field.getKey() + "'; it may have " + String.join(", ", fields));
            }
        }
    }

    /**
     * Reads an optional integer.
     *
     * @throws IllegalArgumentException if it is there and no integer of 64 bits
     */
    public static long integer(ObjectNode object, String field, long fallback) {
        JsonNode value = object.path(field);
        if (value.isMissingNode()) {
            return fallback;
        }
        if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("'" + field + "' must be an integer of 64 bits, not " + value);
        }
        return value.longValue();
    }

    /** Whether two values are the same, where 1 and 1.0 are. */
    public static boolean same(JsonNode one, JsonNode other) {
        return one.equals(
                (left, right) -> left.isNumber() && right.isNumber()
                        ? Double.compare(left.doubleValue(), right.doubleValue())
                        : left.equals(right) ? 0 : 1,
                other);
    }

    /** A record as a tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
