package dev.steelyard.online.groupwiseregret;

import dev.steelyard.online.table.TableRow;
import java.util.ArrayList;
import java.util.List;

/** Whether a row of a table belongs to a group. */
public sealed interface GroupPredicate {

    /**
     * Whether it holds.
     *
     * @throws IllegalArgumentException if a value is not what the column holds; the message has the row
     */
    boolean holds(TableRow row);

    /** The columns that it looks at. */
    List<String> columns();

    /** Holds for every row. */
    record Everybody() implements GroupPredicate {
        @Override
        public boolean holds(TableRow row) {
            return true;
        }

        @Override
        public List<String> columns() {
            return List.of();
        }
    }

    /** Holds where a column has a value. */
    record Equals(String column, String value) implements GroupPredicate {
        @Override
        public boolean holds(TableRow row) {
            return row.text(column).equals(value);
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /**
     * Holds where a column's number lies between two ends.
     *
     * @param lowest the lower end, minus infinity for none
     * @param withLowest whether the lower end itself belongs
     * @param highest the upper end, infinity for none
     * @param withHighest whether the upper end itself belongs
     */
    record Range(String column, double lowest, boolean withLowest, double highest, boolean withHighest)
            implements GroupPredicate {
        public Range {
            if (!(lowest < highest || lowest == highest && withLowest && withHighest)) {
                throw new IllegalArgumentException(
                        "the range of column '" + column + "' is empty: " + lowest + " to " + highest);
            }
        }

        @Override
        public boolean holds(TableRow row) {
            double value = row.number(column);
            return (withLowest ? value >= lowest : value > lowest)
                    && (withHighest ? value <= highest : value < highest);
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /** Holds where all of several do: an intersection. */
    record All(List<GroupPredicate> parts) implements GroupPredicate {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(TableRow row) {
            boolean holds = true;
            // Every part is asked, so that a bad value is found wherever it stands.
            for (GroupPredicate part : parts) {
                holds &= part.holds(row);
            }
            return holds;
        }

        @Override
        public List<String> columns() {
            List<String> columns = new ArrayList<>();
            parts.forEach(part -> columns.addAll(part.columns()));
            return columns;
        }
    }
}
