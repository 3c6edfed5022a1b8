package dev.steelyard.core.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a learner knows, as named values that go to JSON and back without losing a bit: doubles by their shortest exact
 * decimal form, infinities and NaN as strings.
 *
 * <pre>{@code
 * State saved = State.of("ucb1").put("rounds", rounds).put("sums", sums);
 * String text = saved.toJson();
 * State read = State.fromJson(text).require("ucb1");
 * double[] sums = read.doubles("sums", arms);
 * }</pre>
 *
 * <p>A state belongs to one owner; {@link #require} refuses another's. Getters name what is missing or of another
 * length, so that a file of another version is refused before anything is changed.
 */
public final class State {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String OWNER = "of";

    private final ObjectNode values;

    private State(ObjectNode values) {
        this.values = values;
    }

    /** An empty state of an owner, such as {@code ucb1}. */
    public static State of(String owner) {
        ObjectNode values = NODES.objectNode();
        values.put(OWNER, owner);
        return new State(values);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws StateException if the text is no state
     */
    public static State fromJson(String json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode object
                    && object.path(OWNER).isTextual()) {
                return new State(object);
            }
        } catch (JsonProcessingException e) {
            throw new StateException("the saved state is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new StateException("the saved state is no JSON object with a field '" + OWNER + "'");
    }

    /** The state as one line of JSON. */
    public String toJson() {
        return values.toString();
    }

    /** Whose state this is. */
    public String owner() {
        return values.get(OWNER).textValue();
    }

    /**
     * This state, if it is the owner's.
     *
     * @throws StateException if it is another's
     */
    public State require(String owner) {
        if (!owner().equals(owner)) {
            throw new StateException("the saved state is of '" + owner() + "' and cannot restore '" + owner + "'");
        }
        return this;
    }

    public State put(String name, long value) {
        values.put(name, value);
        return this;
    }

    public State put(String name, double value) {
        values.set(name, number(value));
        return this;
    }

    public State put(String name, boolean value) {
        values.put(name, value);
        return this;
    }

    public State put(String name, String value) {
        values.put(name, value);
        return this;
    }

    public State put(String name, double[] value) {
        ArrayNode array = values.putArray(name);
        for (double entry : value) {
            array.add(number(entry));
        }
        return this;
    }

    /** Puts the rows of a matrix; rows may differ in length. */
    public State put(String name, double[][] value) {
        ArrayNode rows = values.putArray(name);
        for (double[] row : value) {
            ArrayNode array = rows.addArray();
            for (double entry : row) {
                array.add(number(entry));
            }
        }
        return this;
    }

    public State put(String name, long[] value) {
        ArrayNode array = values.putArray(name);
        for (long entry : value) {
            array.add(entry);
        }
        return this;
    }

    public State put(String name, int[] value) {
        ArrayNode array = values.putArray(name);
        for (int entry : value) {
            array.add(entry);
        }
        return this;
    }

    public State put(String name, State value) {
        values.set(name, value.values);
        return this;
    }

    public State put(String name, List<State> value) {
        ArrayNode array = values.putArray(name);
        for (State entry : value) {
            array.add(entry.values);
        }
        return this;
    }

    public boolean has(String name) {
        return values.has(name);
    }

    public long integer(String name) {
        JsonNode value = get(name);
        if (!value.isIntegralNumber()) {
            throw wrong(name, "an integer", value);
        }
        return value.longValue();
    }

    /**
     * An integer that fits 32 bits.
     *
     * @throws StateException if it is missing, no integer, or too large
     */
    public int smallInteger(String name) {
        long value = integer(name);
        if (value != (int) value) {
            throw wrong(name, "an integer of 32 bits", get(name));
        }
        return (int) value;
    }

    public double number(String name) {
        return number(name, get(name));
    }

    public boolean flag(String name) {
        JsonNode value = get(name);
        if (!value.isBoolean()) {
            throw wrong(name, "true or false", value);
        }
        return value.booleanValue();
    }

    public String text(String name) {
        JsonNode value = get(name);
        if (!value.isTextual()) {
            throw wrong(name, "a text", value);
        }
        return value.textValue();
    }

    public double[] doubles(String name) {
        JsonNode array = array(name);
        double[] result = new double[array.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = number(name, array.get(i));
        }
        return result;
    }

    /** The numbers under a name, which must be {@code length} many. */
    public double[] doubles(String name, int length) {
        double[] result = doubles(name);
        requireLength(name, result.length, length);
        return result;
    }

    public double[][] matrix(String name) {
        JsonNode rows = array(name);
        double[][] result = new double[rows.size()][];
        for (int i = 0; i < result.length; i++) {
            JsonNode row = rows.get(i);
            result[i] = new double[row.size()];
            for (int j = 0; j < result[i].length; j++) {
                result[i][j] = number(name, row.get(j));
            }
        }
        return result;
    }

    public long[] integers(String name) {
        JsonNode array = array(name);
        long[] result = new long[array.size()];
        for (int i = 0; i < result.length; i++) {
            if (!array.get(i).isIntegralNumber()) {
                throw wrong(name, "integers", array.get(i));
            }
            result[i] = array.get(i).longValue();
        }
        return result;
    }

    /** The integers under a name, which must be {@code length} many. */
    public long[] integers(String name, int length) {
        long[] result = integers(name);
        requireLength(name, result.length, length);
        return result;
    }

    public State state(String name) {
        return state(name, get(name));
    }

    public List<State> states(String name) {
        List<State> result = new ArrayList<>();
        for (JsonNode entry : array(name)) {
            result.add(state(name, entry));
        }
        return result;
    }

    /** The states under a name, each read by a function. */
    public <T> List<T> states(String name, Function<State, T> read) {
        return states(name).stream().map(read).toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof State state && state.toJson().equals(toJson());
    }

    @Override
    public int hashCode() {
        return toJson().hashCode();
    }

    @Override
    public String toString() {
        return toJson();
    }

    private static JsonNode number(double value) {
        return Double.isFinite(value) ? NODES.numberNode(value) : NODES.textNode(Double.toString(value));
    }

    private double number(String name, JsonNode value) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        return switch (value.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw wrong(name, "a number", value);
        };
    }

    private State state(String name, JsonNode value) {
        if (value instanceof ObjectNode object && object.path(OWNER).isTextual()) {
            return new State(object);
        }
        throw wrong(name, "a state", value);
    }

    private JsonNode array(String name) {
        JsonNode value = get(name);
        if (!value.isArray()) {
            throw wrong(name, "an array", value);
        }
        return value;
    }

    private JsonNode get(String name) {
        JsonNode value = values.get(name);
        if (value == null) {
            throw new StateException("the saved state of '" + owner() + "' lacks '" + name
                    + "'; it was written by another version or is damaged");
        }
        return value;
    }

    private void requireLength(String name, int actual, int expected) {
        if (actual != expected) {
            throw new StateException("the saved state of '" + owner() + "' holds " + actual + " values of '" + name
                    + "' where " + expected + " are needed; restore it into a learner of the same options");
        }
    }

    private StateException wrong(String name, String expected, JsonNode value) {
        return new StateException("the saved state of '" + owner() + "' holds " + value + " as '" + name + "' where "
                + expected + " is needed");
    }
}
