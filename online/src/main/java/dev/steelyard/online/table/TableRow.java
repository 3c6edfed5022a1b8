package dev.steelyard.online.table;

import java.util.Locale;
import java.util.Map;

/**
 * A row of a table whose columns have names. Columns are found without regard to case and to what stands between the words
 * of their names, so that {@code education.num} is {@code education-num}.
 *
 * @param table what the table is called, such as the file
 * @param number of the row, from 1; a header does not count
 * @param values by column; columns are named as {@link #plain} writes them
 */
public record TableRow(String table, long number, Map<String, String> values) {

    /** A column's name without regard to case and to what stands between its words: Education.Num is education-num. */
    public static String plain(String column) {
        return column.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** Whether the row has the column, with a value that is not blank. */
    public boolean has(String column) {
        String value = values.get(plain(column));
        return value != null && !value.isBlank();
    }

    /**
     * The value of a column.
     *
     * @throws IllegalArgumentException if there is no such column; the message has table and row
     */
    public String text(String column) {
        String value = values.get(plain(column));
        if (value == null) {
            throw error("there is no column '" + column + "'; there are " + String.join(", ", values.keySet()));
        }
        return value.strip();
    }

    /**
     * The number in a column.
     *
     * @throws IllegalArgumentException if there is no such column, or no finite number in it; the message has table and row
     */
    public double number(String column) {
        String text = text(column);
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw error("column '" + column + "' is '" + text + "'; it must be a number");
        }
        if (!Double.isFinite(value)) {
            throw error("column '" + column + "' is " + text + "; it must be finite");
        }
        return value;
    }

    /**
     * The integer in a column.
     *
     * @param lowest the least that is allowed
     * @throws IllegalArgumentException if there is no such column, or no integer of at least {@code lowest} in it; the
     *     message has table and row
     */
    public int integer(String column, int lowest) {
        double value = number(column);
        if (value != Math.rint(value) || value < lowest || value > Integer.MAX_VALUE) {
            throw error("column '" + column + "' is " + text(column) + "; it must be an integer of at least " + lowest);
        }
        return (int) value;
    }

    /** An error of this row, to be thrown. */
    public IllegalArgumentException error(String detail) {
        return new IllegalArgumentException(table + ", row " + number + ": " + detail);
    }
}
