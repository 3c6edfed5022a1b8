package dev.steelyard.online.groupwiseregret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.online.table.TableRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a table is the label, what are features, and which rows belong to which groups; written as JSON.
 *
 * <pre>{@code
 * {"label": {"column": "charges"},
 *  "features": [{"column": "age"}, {"column": "smoker", "categories": ["yes", "no"]}, {"column": "region", "oneHot": true}],
 *  "groupFeatures": ["young"],
 *  "groups": [{"name": "young", "column": "age", "atMost": 35},
 *             {"name": "smokers", "column": "smoker", "equals": "yes"},
 *             {"name": "young smokers", "all": [{"column": "age", "atMost": 35}, {"column": "smoker", "equals": "yes"}]},
 *             {"name": "all"}]}
 * }</pre>
 *
 * <p>A label is a number, scaled to [0, 1] by {@code lowest} and {@code highest} (beyond which it is refused,
 * or cut with {@code "clip": true}) or by the table's own range, or it is 1 where the column {@code equals} a text. Ranges of a group: {@code atLeast}, {@code above}, {@code atMost}, {@code below}.
 *
 * @param label the label's column
 * @param positive the label is 1 where the column has this value and 0 elsewhere; empty for a number
 * @param clip whether labels beyond the declared range are cut to it, rather than refused
 * @param features columns in the order of the features
 * @param groups predicates by group name, numbered in their order
 * @param groupFeatures names of the groups whose indicators follow the columns among the features
 */
public record GroupSpecification(
        TableColumn label,
        Optional<String> positive,
        boolean clip,
        List<TableColumn> features,
        Map<String, GroupPredicate> groups,
        List<String> groupFeatures) {

    private static final JsonMapper JSON = new JsonMapper();

    public GroupSpecification {
        features = List.copyOf(features);
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        groupFeatures = List.copyOf(groupFeatures);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("a group specification needs at least one group");
        }
        if (features.isEmpty() && groupFeatures.isEmpty()) {
            throw new IllegalArgumentException("a group specification needs at least one feature");
        }
        for (String name : groupFeatures) {
            if (!groups.containsKey(name)) {
                throw new IllegalArgumentException(
                        "groupFeatures names group '" + name + "'; there are " + String.join(", ", groups.keySet()));
            }
        }
        for (GroupPredicate predicate : groups.values()) {
            requireCategories(predicate, features);
        }
    }

    private static void requireCategories(GroupPredicate predicate, List<TableColumn> features) {
        switch (predicate) {
            case GroupPredicate.All all -> all.parts().forEach(part -> requireCategories(part, features));
            case GroupPredicate.Equals equals -> {
                for (TableColumn column : features) {
                    if (TableRow.plain(column.column()).equals(TableRow.plain(equals.column()))
                            && !column.categories().isEmpty()
                            && !column.categories().contains(equals.value())) {
                        throw new IllegalArgumentException("a group asks column '" + equals.column() + "' for '"
                                + equals.value() + "', which is none of its categories " + column.categories());
                    }
                }
            }
            case GroupPredicate.Range range -> {}
            case GroupPredicate.Everybody everybody -> {}
        }
    }

    /** Names of the groups by number. */
    public List<String> names() {
        return List.copyOf(groups.keySet());
    }

    /**
     * Reads a specification from a file.
     *
     * @throws IllegalArgumentException if it is no specification; the message names the file and the field
     */
    public static GroupSpecification read(Path file) throws IOException {
        try {
            return parse(JSON.readTree(Files.newInputStream(file)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " is no group specification: " + e.getMessage(), e);
        }
    }

    /**
     * One of those that come with the library: {@code medical} (the medical costs of 1338 rows), {@code adult} (Adult with
     * its income as a number, 13 groups as in the paper), {@code adult-binary} (Adult of the UCI repository, whose label is
     * whether the income exceeds 50,000), {@code rand} (doctor's visits, at most 20, of the RAND health insurance
     * experiment).
     */
    public static GroupSpecification builtIn(String name) {
        try (InputStream stream = GroupSpecification.class.getResourceAsStream(name + ".json")) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no built-in group specification '" + name
                        + "'; there are medical, adult, adult-binary,"
                        + " rand");
            }
            return parse(JSON.readTree(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a specification.
     *
     * @throws IllegalArgumentException if a field is missing, unknown or of the wrong kind, or a group's name occurs twice
     */
    public static GroupSpecification parse(JsonNode json) {
        SpecificationFields fields = SpecificationFields.of("the specification", json);
        fields.only("label", "features", "groups", "groupFeatures");
        SpecificationFields label = SpecificationFields.of("label", json.path("label"));
        label.only("column", "equals", "lowest", "highest", "clip");
        List<TableColumn> features = new ArrayList<>();
        for (JsonNode feature : fields.array("features")) {
            features.add(feature(SpecificationFields.of("features[" + features.size() + "]", feature)));
        }
        Map<String, GroupPredicate> groups = new LinkedHashMap<>();
        for (JsonNode group : fields.array("groups")) {
            SpecificationFields named = SpecificationFields.of("groups[" + groups.size() + "]", group);
            String name = named.text("name");
            if (groups.put(name, predicate(named)) != null) {
                throw new IllegalArgumentException("two groups are named '" + name + "'");
            }
        }
        List<String> groupFeatures = new ArrayList<>();
        json.path("groupFeatures").forEach(name -> groupFeatures.add(name.asText()));
        return new GroupSpecification(
                TableColumn.number(label.text("column"), label.range()),
                label.find("equals").map(JsonNode::asText),
                label.find("clip").map(JsonNode::asBoolean).orElse(false),
                features,
                groups,
                groupFeatures);
    }

    private static TableColumn feature(SpecificationFields fields) {
        fields.only("column", "lowest", "highest", "categories", "oneHot");
        String column = fields.text("column");
        if (fields.find("categories").isPresent()) {
            List<String> categories = new ArrayList<>();
            fields.array("categories").forEach(category -> categories.add(category.asText()));
            return TableColumn.category(column, categories);
        }
        return fields.find("oneHot").map(JsonNode::asBoolean).orElse(false)
                ? TableColumn.category(column, List.of())
                : TableColumn.number(column, fields.range());
    }

    private static GroupPredicate predicate(SpecificationFields fields) {
        fields.only("name", "column", "equals", "atLeast", "above", "atMost", "below", "all");
        if (fields.find("all").isPresent()) {
            List<GroupPredicate> parts = new ArrayList<>();
            for (JsonNode part : fields.array("all")) {
                parts.add(predicate(SpecificationFields.of(fields.place() + ".all[" + parts.size() + "]", part)));
            }
            return new GroupPredicate.All(parts);
        }
        if (fields.find("column").isEmpty()) {
            fields.only("name");
            return new GroupPredicate.Everybody();
        }
        String column = fields.text("column");
        Optional<JsonNode> equals = fields.find("equals");
        if (equals.isPresent()) {
            fields.only("name", "column", "equals");
            return new GroupPredicate.Equals(column, equals.get().asText());
        }
        fields.atMostOneOf("atLeast", "above");
        fields.atMostOneOf("atMost", "below");
        Optional<Double> above = fields.number("above");
        Optional<Double> below = fields.number("below");
        return new GroupPredicate.Range(
                column,
                above.or(() -> fields.number("atLeast")).orElse(Double.NEGATIVE_INFINITY),
                above.isEmpty(),
                below.or(() -> fields.number("atMost")).orElse(Double.POSITIVE_INFINITY),
                below.isEmpty());
    }
}
