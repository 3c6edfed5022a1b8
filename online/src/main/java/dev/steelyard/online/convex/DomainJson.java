package dev.steelyard.online.convex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.online.wire.JsonValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Domains as JSON: {@code {"type": "ball", "dimension": 3, "radius": 1}} or with a {@code centre} in place of the
 * dimension, {@code {"type": "box", "lower": [..], "upper": [..]}}, {@code {"type": "simplex", "dimension": 3, "total":
 * 1}}, {@code {"type": "l1", "dimension": 3, "radius": 1}} and {@code {"type": "product", "parts": [..]}}. A radius and
 * a total that are left out are 1.
 */
public final class DomainJson {

    /** What a domain looks like, for help. */
    public static final String SHAPE = "{\"type\": \"ball\", \"dimension\" or \"centre\", \"radius\"}, {\"type\":"
            + " \"box\", \"lower\", \"upper\"}, {\"type\": \"simplex\", \"dimension\", \"total\"}, {\"type\": \"l1\","
            + " \"dimension\", \"radius\"} or {\"type\": \"product\", \"parts\"}";

    private static final Map<String, List<String>> FIELDS = Map.of(
            "ball", List.of("type", "dimension", "centre", "radius"),
            "box", List.of("type", "lower", "upper"),
            "simplex", List.of("type", "dimension", "total"),
            "l1", List.of("type", "dimension", "radius"),
            "product", List.of("type", "parts"));

    private DomainJson() {}

    /**
     * Reads a domain.
     *
     * @param place names the domain in errors, such as {@code domain}
     * @throws IllegalArgumentException if it is none; the message names the place and the field
     */
    public static Domain read(JsonNode json, String place) {
        String type = json.path("type").asText("");
        List<String> fields = FIELDS.get(type);
        if (fields == null) {
            throw new IllegalArgumentException(place + " must be one of " + SHAPE + ", not " + json);
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                throw new IllegalArgumentException(
                        place + " of type " + type + " has no '" + name + "'; it has " + String.join(", ", fields));
            }
        });
        try {
            return switch (type) {
                case "ball" -> new Ball(centre(json, place), number(json, "radius", place));
                case "box" ->
                    new Box(
                            JsonValues.vector(json.path("lower"), "'lower'"),
                            JsonValues.vector(json.path("upper"), "'upper'"));
                case "simplex" -> new Simplex(dimension(json, place), number(json, "total", place));
                case "l1" -> new L1Ball(dimension(json, place), number(json, "radius", place));
                default -> product(json.path("parts"), place);
            };
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith(place) ? e : new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
    }

    private static Domain product(JsonNode parts, String place) {
        if (!parts.isArray()) {
            throw new IllegalArgumentException("'parts' must be an array of domains, not " + parts);
        }
        List<Domain> read = new ArrayList<>();
        for (JsonNode part : parts) {
            read.add(read(part, place + ", part " + read.size()));
        }
        return new ProductDomain(read);
    }

    private static double[] centre(JsonNode json, String place) {
        if (!json.hasNonNull("centre")) {
            return new double[dimension(json, place)];
        }
        double[] centre = JsonValues.vector(json.get("centre"), "'centre'");
        if (json.hasNonNull("dimension") && json.get("dimension").asInt() != centre.length) {
            throw new IllegalArgumentException("the centre " + Arrays.toString(centre) + " is not of dimension "
                    + json.get("dimension") + "; leave the dimension out");
        }
        return centre;
    }

    private static int dimension(JsonNode json, String place) {
        JsonNode dimension = json.path("dimension");
        if (!dimension.isInt() || dimension.intValue() < 1) {
            throw new IllegalArgumentException(
                    "'dimension' of " + place + " must be an integer of at least 1, not " + dimension);
        }
        return dimension.intValue();
    }

    private static double number(JsonNode json, String name, String place) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return 1;
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException("'" + name + "' of " + place + " must be a number, not " + value);
        }
        return value.doubleValue();
    }
}
