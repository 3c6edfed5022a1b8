package dev.steelyard.online.groupwiseregret;

import dev.steelyard.online.table.TableRow;
import dev.steelyard.online.table.TableRows;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rows of a table as instances with their groups and labels in [0, 1].
 *
 * @param specification by which they were read, with the ranges and categories of this table filled in: rows to come are
 *     read by the same ones
 * @param featureNames names of the features
 * @param examples the rows, in the table's order
 */
public record GroupedTable(
        GroupSpecification specification, List<String> featureNames, List<GroupedExample<Double>> examples) {

    public GroupedTable {
        featureNames = List.copyOf(featureNames);
        examples = List.copyOf(examples);
    }

    /**
     * Reads a CSV file with a header, or JSON lines. Columns are found without regard to case and to what stands between the
     * words of their names, so that {@code education.num} is {@code education-num}.
     *
     * @throws IllegalArgumentException if a column is missing or named twice, or a row has a number that is none, a
     *     category that is not known, a label that is NaN or outside its declared range, or fields too few or too many; the
     *     message has file and row, counted from 1 after the header
     */
    public static GroupedTable read(Path file, GroupSpecification specification) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(file.toString(), reader, specification);
        }
    }

    /**
     * Reads CSV with a header, or JSON lines.
     *
     * @param table what it is called in errors
     */
    public static GroupedTable read(String table, Reader csv, GroupSpecification specification) throws IOException {
        List<TableRow> rows = TableRows.read(table, csv);
        GroupSpecification filled = fill(table, rows, specification);
        List<GroupedExample<Double>> examples = new ArrayList<>();
        for (TableRow row : rows) {
            examples.add(example(row, filled));
        }
        return new GroupedTable(filled, featureNames(filled), examples);
    }

    /** Takes from the table the ranges and categories that the specification leaves open. */
    private static GroupSpecification fill(String table, List<TableRow> rows, GroupSpecification specification) {
        Set<String> columns = rows.getFirst().values().keySet();
        for (Map.Entry<String, GroupPredicate> group : specification.groups().entrySet()) {
            for (String column : group.getValue().columns()) {
                if (!columns.contains(TableRow.plain(column))) {
                    throw new IllegalArgumentException(table + ": group '" + group.getKey() + "' needs column '"
                            + column + "'; the header has " + String.join(", ", columns));
                }
            }
        }
        List<TableColumn> features = new ArrayList<>();
        for (TableColumn feature : specification.features()) {
            if (feature.categorical()) {
                features.add(feature.categories().isEmpty() ? withCategories(rows, feature) : feature);
            } else {
                features.add(feature.range().isPresent() ? feature : withRange(rows, feature));
            }
        }
        TableColumn label = specification.label();
        boolean open = specification.positive().isEmpty() && label.range().isEmpty();
        return new GroupSpecification(
                open ? withRange(rows, label) : label,
                specification.positive(),
                specification.clip(),
                features,
                specification.groups(),
                specification.groupFeatures());
    }

    private static TableColumn withCategories(List<TableRow> rows, TableColumn column) {
        Set<String> categories = new TreeSet<>();
        rows.forEach(row -> categories.add(row.text(column.column())));
        return TableColumn.category(column.column(), List.copyOf(categories));
    }

    private static TableColumn withRange(List<TableRow> rows, TableColumn column) {
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (TableRow row : rows) {
            double value = row.number(column.column());
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        // A column that never varies is scaled to 0.
        double end = highest > lowest ? highest : lowest + 1;
        return TableColumn.number(column.column(), Optional.of(new TableColumn.Range(lowest, end)));
    }

    private static List<String> featureNames(GroupSpecification specification) {
        List<String> names = new ArrayList<>();
        for (TableColumn column : specification.features()) {
            if (column.categorical()) {
                column.categories().forEach(category -> names.add(column.column() + "=" + category));
            } else {
                names.add(column.column());
            }
        }
        names.addAll(specification.groupFeatures());
        return names;
    }

    private static GroupedExample<Double> example(TableRow row, GroupSpecification specification) {
        List<Integer> groups = new ArrayList<>();
        Map<String, Double> indicators = new HashMap<>();
        int number = 0;
        for (Map.Entry<String, GroupPredicate> group : specification.groups().entrySet()) {
            boolean belongs = group.getValue().holds(row);
            if (belongs) {
                groups.add(number);
            }
            indicators.put(group.getKey(), belongs ? 1.0 : 0.0);
            number++;
        }
        List<Double> x = new ArrayList<>();
        specification.features().forEach(column -> addFeature(x, row, column));
        specification.groupFeatures().forEach(name -> x.add(indicators.get(name)));
        return new GroupedExample<>(
                new GroupedInstance(
                        x.stream().mapToDouble(v -> v).toArray(),
                        groups.stream().mapToInt(g -> g).toArray()),
                label(row, specification));
    }

    private static void addFeature(List<Double> x, TableRow row, TableColumn column) {
        if (!column.categorical()) {
            x.add(column.range().orElseThrow().scale(row.number(column.column())));
            return;
        }
        String value = row.text(column.column());
        if (!column.categories().contains(value)) {
            throw row.error("column '" + column.column() + "' has the unknown category '" + value + "'; known are "
                    + String.join(", ", column.categories()));
        }
        column.categories().forEach(category -> x.add(category.equals(value) ? 1.0 : 0.0));
    }

    private static double label(TableRow row, GroupSpecification specification) {
        String column = specification.label().column();
        if (specification.positive().isPresent()) {
            return row.text(column).equals(specification.positive().get()) ? 1 : 0;
        }
        double value = row.number(column);
        TableColumn.Range range = specification.label().range().orElseThrow();
        if (specification.clip()) {
            return range.scale(Math.clamp(value, range.lowest(), range.highest()));
        }
        if (!(value >= range.lowest() && value <= range.highest())) {
            throw row.error("the label " + value + " in column '" + column + "' is outside its declared range, "
                    + range.lowest() + " to " + range.highest());
        }
        return range.scale(value);
    }
}
