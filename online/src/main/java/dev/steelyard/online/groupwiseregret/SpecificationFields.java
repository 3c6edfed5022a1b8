package dev.steelyard.online.groupwiseregret;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The fields of an object of a group specification; errors say where.
 *
 * @param place where the object stands
 * @param json the object
 */
record SpecificationFields(String place, JsonNode json) {

    static SpecificationFields of(String place, JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException(
                    place + " must be an object" + (json.isMissingNode() ? "; it is missing" : ", not " + json));
        }
        return new SpecificationFields(place, json);
    }

    void only(String... known) {
        List<String> names = List.of(known);
        for (Iterator<String> fields = json.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (!names.contains(field)) {
                throw new IllegalArgumentException(
                        place + " has a field '" + field + "'; here may stand " + String.join(", ", names));
            }
        }
    }

    void atMostOneOf(String first, String second) {
        if (json.has(first) && json.has(second)) {
            throw new IllegalArgumentException(place + " has both '" + first + "' and '" + second + "'; give one");
        }
    }

    Optional<JsonNode> find(String name) {
        return json.hasNonNull(name) ? Optional.of(json.get(name)) : Optional.empty();
    }

    String text(String name) {
        JsonNode value = json.path(name);
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw new IllegalArgumentException(place + " needs a text '" + name + "'");
        }
        return value.textValue();
    }

    Optional<Double> number(String name) {
        return find(name).map(value -> {
            if (!value.isNumber()) {
                throw new IllegalArgumentException("'" + name + "' of " + place + " must be a number, not " + value);
            }
            return value.doubleValue();
        });
    }

    Optional<TableColumn.Range> range() {
        Optional<Double> lowest = number("lowest");
        Optional<Double> highest = number("highest");
        if (lowest.isPresent() != highest.isPresent()) {
            throw new IllegalArgumentException(place + " has one of 'lowest' and 'highest'; give both or neither");
        }
        return lowest.map(low -> new TableColumn.Range(low, highest.orElseThrow()));
    }

    JsonNode array(String name) {
        JsonNode value = json.path(name);
        if (!value.isArray()) {
            throw new IllegalArgumentException(place + " needs an array '" + name + "'");
        }
        return value;
    }
}
