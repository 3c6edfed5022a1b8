package dev.steelyard.core.study;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of findings.
 *
 * @param title what it shows
 * @param columns headings, the first one that of the rows' names
 * @param rows the cells, as many a row as there are columns
 */
public record Table(String title, List<String> columns, List<List<Cell>> rows) {

    /** One cell: text, a number, or a mean with its interval. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Text.class, name = "text"),
        @JsonSubTypes.Type(value = Number.class, name = "number"),
        @JsonSubTypes.Type(value = Measured.class, name = "measured")
    })
    public sealed interface Cell {}

    /** Words. */
    public record Text(String text) implements Cell {}

    /** A number without an interval, e.g. a count. */
    public record Number(double value) implements Cell {}

    /** A mean over seeds with its interval. */
    public record Measured(Interval interval) implements Cell {}

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<Cell> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "table '" + title + "': a row has " + row.size() + " cells for " + columns.size() + " columns");
            }
        }
    }

    /** An empty table to which rows are added with {@link Builder#row}. */
    public static Builder titled(String title, String... columns) {
        return new Builder(title, List.of(columns));
    }

    /** Collects rows. */
    public static final class Builder {
        private final String title;
        private final List<String> columns;
        private final List<List<Cell>> rows = new ArrayList<>();

        private Builder(String title, List<String> columns) {
            this.title = title;
            this.columns = columns;
        }

        /**
         * Adds a row.
         *
         * @param cells strings, numbers and {@link Interval}s
         */
        public Builder row(Object... cells) {
            List<Cell> row = new ArrayList<>();
            for (Object cell : cells) {
                row.add(
                        switch (cell) {
                            case Interval interval -> new Measured(interval);
                            case java.lang.Number number -> new Number(number.doubleValue());
                            default -> new Text(cell.toString());
                        });
            }
            rows.add(row);
            return this;
        }

        /** The table. */
        public Table build() {
            return new Table(title, columns, rows);
        }
    }
}
