package dev.steelyard.ranking.dla;

/**
 * A session: what was shown and what was clicked.
 *
 * @param features of the documents in the order shown, one a row
 * @param clicks per document
 */
public record ClickedList(double[][] features, boolean[] clicks) {

    public ClickedList {
        if (features.length != clicks.length) {
            throw new IllegalArgumentException(
                    features.length + " documents were shown, but there are clicks for " + clicks.length);
        }
    }

    /** Whether there is a click. */
    public boolean isClicked() {
        for (boolean click : clicks) {
            if (click) {
                return true;
            }
        }
        return false;
    }

    /** Whether it says something to a loss: at least two documents and a click. */
    public boolean isUsable() {
        return clicks.length >= 2 && isClicked();
    }
}
