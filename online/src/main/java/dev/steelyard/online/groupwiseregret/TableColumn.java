package dev.steelyard.online.groupwiseregret;

import java.util.List;
import java.util.Optional;

/**
 * How a column enters the features: a number scaled to [0, 1], or a category by one indicator each.
 *
 * @param column its name
 * @param range of the numbers; empty for that of the table
 * @param categorical whether it holds categories
 * @param categories in the order of their indicators; empty for those of the table, in alphabetical order
 */
public record TableColumn(String column, Optional<Range> range, boolean categorical, List<String> categories) {

    public TableColumn {
        categories = List.copyOf(categories);
        if (categories.stream().distinct().count() != categories.size()) {
            throw new IllegalArgumentException("column '" + column + "' names a category twice: " + categories);
        }
    }

    /** The ends of a column's numbers. */
    public record Range(double lowest, double highest) {
        public Range {
            if (!(lowest < highest) || !Double.isFinite(highest - lowest)) {
                throw new IllegalArgumentException(
                        "lowest must be below highest and both finite, not " + lowest + " and " + highest);
            }
        }

        double scale(double value) {
            return (value - lowest) / (highest - lowest);
        }
    }

    static TableColumn number(String column, Optional<Range> range) {
        return new TableColumn(column, range, false, List.of());
    }

    static TableColumn category(String column, List<String> categories) {
        return new TableColumn(column, Optional.empty(), true, categories);
    }
}
