package dev.steelyard.core.report;

import dev.steelyard.core.study.Interval;
import dev.steelyard.core.study.Table;
import java.util.Locale;

/** How numbers are shown to people: four significant digits, counts in full, intervals in brackets. */
public final class Numbers {

    private static final double LARGEST_COUNT = 1e12;
    private static final double SMALL = 1e-3;
    private static final double LARGE = 1e5;

    private Numbers() {}

    /** A number, e.g. {@code 0.6942}, {@code 46080} or {@code 1.2e-13}. */
    public static String of(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "not a number" : value > 0 ? "infinite" : "minus infinite";
        }
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_COUNT) {
            return String.format(Locale.ROOT, "%,.0f", value == 0 ? 0.0 : value).replace(',', '\u202f');
        }
        double size = Math.abs(value);
        if (size < SMALL || size >= LARGE) {
            return String.format(Locale.ROOT, "%.2e", value)
                    .replace("e-0", "e-")
                    .replace("e+0", "e");
        }
        int digits = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** A mean with its interval, e.g. {@code 0.694 [0.681, 0.707]}. */
    public static String of(Interval interval) {
        if (interval.samples() == 0) {
            return of(interval.mean());
        }
        if (interval.samples() == 1) {
            return of(interval.mean()) + " (one sample)";
        }
        return of(interval.mean()) + " [" + of(interval.lower()) + ", " + of(interval.upper()) + "]";
    }

    /** A table's cell. */
    public static String of(Table.Cell cell) {
        return switch (cell) {
            case Table.Text words -> words.text();
            case Table.Number number -> of(number.value());
            case Table.Measured measured -> of(measured.interval());
        };
    }
}
