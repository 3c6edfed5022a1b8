package dev.steelyard.core.study;

import java.util.Locale;

/** How much work a study does. */
public enum Scale {
    /** Seconds: the whole path once, for tests; too small to judge a claim by. */
    QUICK,
    /** Minutes on two cores: every claim is judged. */
    STANDARD,
    /** As near to the paper as the machine allows. */
    FULL;

    /** {@code quick}, {@code standard} or {@code full}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of three values that belongs to this scale. */
    public <T> T pick(T quick, T standard, T full) {
        return switch (this) {
            case QUICK -> quick;
            case STANDARD -> standard;
            case FULL -> full;
        };
    }
}
