package dev.steelyard.core.paper;

/** On which side of a bound a measured quantity must lie for a criterion to hold. */
public enum Relation {
    ABOVE(">"),
    BELOW("<");

    private final String symbol;

    Relation(String symbol) {
        this.symbol = symbol;
    }

    /** {@code >} or {@code <}. */
    public String symbol() {
        return symbol;
    }
}
