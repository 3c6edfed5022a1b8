package dev.steelyard.online.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.steelyard.online.InvalidOutcomeException;

/** JSON forms that several learners share. */
public final class JsonValues {

    private JsonValues() {}

    /** A loss: a number, or an object {@code {"loss": 0.2}} or {@code {"reward": 0.8}}, where a loss is 1 - reward. */
    public static double loss(JsonNode outcome) {
        JsonNode value = outcome;
        if (outcome.isObject() && outcome.size() == 1) {
            if (outcome.path("reward").isNumber()) {
                return 1 - outcome.get("reward").doubleValue();
            }
            value = outcome.path("loss");
        }
        if (!value.isNumber()) {
            throw new InvalidOutcomeException(
                    "the outcome is " + outcome + "; it must be a loss in [0, 1], {\"loss\": x} or {\"reward\": x}");
        }
        return value.doubleValue();
    }

    /**
     * A vector.
     *
     * @param what names it in the error
     * @throws IllegalArgumentException if it is no array of numbers
     */
    public static double[] vector(JsonNode value, String what) {
        if (!value.isArray()) {
            throw new IllegalArgumentException(what + " must be an array of numbers, not " + value);
        }
        double[] vector = new double[value.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!value.get(i).isNumber()) {
                throw new IllegalArgumentException(what + " must hold numbers; entry " + i + " is " + value.get(i));
            }
            vector[i] = value.get(i).doubleValue();
        }
        return vector;
    }

    /** A vector as an array. */
    public static ArrayNode array(double[] vector) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(vector.length);
        for (double entry : vector) {
            array.add(entry);
        }
        return array;
    }
}
