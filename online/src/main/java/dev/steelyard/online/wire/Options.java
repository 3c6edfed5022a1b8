package dev.steelyard.online.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Iterator;
import java.util.List;

/** Reads a learner's JSON options; every error names the learner and the option. */
public final class Options {

    private final String learner;
    private final JsonNode values;

    /**
     * @param factory whose options these are
     * @param values a JSON object; null or missing for none
     * @throws IllegalArgumentException if a value has an unknown name or a required one is missing
     */
    public Options(LearnerFactory factory, JsonNode values) {
        this.learner = factory.name();
        this.values = values == null || values.isMissingNode() || values.isNull()
                ? JsonNodeFactory.instance.objectNode()
                : values;
        if (!this.values.isObject()) {
            throw new IllegalArgumentException("the options of '" + learner + "' must be an object, not " + values);
        }
        List<String> known =
                factory.options().stream().map(LearnerFactory.Option::name).toList();
        for (Iterator<String> names = this.values.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "'" + learner + "' has no option '" + name + "'; it has " + String.join(", ", known));
            }
        }
        for (LearnerFactory.Option option : factory.options()) {
            if (option.required() && !this.values.hasNonNull(option.name())) {
                throw new IllegalArgumentException(
                        "'" + learner + "' needs the option '" + option.name() + "': " + option.description());
            }
        }
    }

    public boolean has(String name) {
        return values.hasNonNull(name);
    }

    /** The raw value; a missing node when left out. */
    public JsonNode node(String name) {
        return values.path(name);
    }

    public int integer(String name, int fallback) {
        if (!has(name)) {
            return fallback;
        }
        JsonNode value = values.get(name);
        if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
            throw wrong(name, "an integer", value);
        }
        return value.intValue();
    }

    public long longInteger(String name, long fallback) {
        if (!has(name)) {
            return fallback;
        }
        JsonNode value = values.get(name);
        if (!value.canConvertToExactIntegral() || !value.canConvertToLong()) {
            throw wrong(name, "an integer", value);
        }
        return value.longValue();
    }

    public double number(String name, double fallback) {
        if (!has(name)) {
            return fallback;
        }
        JsonNode value = values.get(name);
        if (!value.isNumber()) {
            throw wrong(name, "a number", value);
        }
        return value.doubleValue();
    }

    public boolean flag(String name, boolean fallback) {
        if (!has(name)) {
            return fallback;
        }
        JsonNode value = values.get(name);
        if (!value.isBoolean()) {
            throw wrong(name, "true or false", value);
        }
        return value.booleanValue();
    }

    public String text(String name, String fallback) {
        if (!has(name)) {
            return fallback;
        }
        JsonNode value = values.get(name);
        if (!value.isTextual()) {
            throw wrong(name, "a text", value);
        }
        return value.textValue();
    }

    /** The numbers under a name, empty when left out. */
    public double[] numbers(String name) {
        JsonNode array = values.path(name);
        if (!array.isArray()) {
            if (!has(name)) {
                return new double[0];
            }
            throw wrong(name, "an array of numbers", array);
        }
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!array.get(i).isNumber()) {
                throw wrong(name, "an array of numbers", array);
            }
            numbers[i] = array.get(i).doubleValue();
        }
        return numbers;
    }

    private IllegalArgumentException wrong(String name, String expected, JsonNode value) {
        return new IllegalArgumentException(
                "option '" + name + "' of '" + learner + "' must be " + expected + ", not " + value);
    }
}
