package dev.steelyard.online.groupwiseregret;

import java.util.Locale;
import java.util.Map;

/**
 * A row of a table with a header.
 *
 * @param table what the table is called, such as the file
 * @param number of the row, from 1; the header does not count
 * @param values by column; columns are named as {@link #plain} writes them
 */
record TableRow(String table, long number, Map<String, String> values) {

    /** A column's name without regard to case and to what stands between its words: Education.Num is education-num. */
    static String plain(String column) {
        return column.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    String text(String column) {
        String value = values.get(plain(column));
        if (value == null) {
            throw error("there is no column '" + column + "'; there are " + String.join(", ", values.keySet()));
        }
        return value.strip();
    }

    double number(String column) {
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

    IllegalArgumentException error(String detail) {
        return new IllegalArgumentException(table + ", row " + number + ": " + detail);
    }
}
