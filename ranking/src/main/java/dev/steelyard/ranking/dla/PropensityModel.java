package dev.steelyard.ranking.dla;

import dev.steelyard.core.state.State;

/** Learns a logit for how likely each place of a shown list is looked at. */
sealed interface PropensityModel permits PlacePropensity, BrowsingPropensity {

    /** Writes the logit of each document's place. */
    void logits(ListBatch lists, double[] into);

    /**
     * Takes a step.
     *
     * @param gradient of the loss by each logit that {@link #logits} last wrote
     */
    void step(ListBatch lists, double[] gradient);

    /** The logits of all places in a list with these clicks; a place depends on those above it at most. */
    double[] logits(boolean[] clicks);

    /** Forgets how far the rates have fallen. */
    void restartRates();

    State state();

    /** Checks a saved state, and gives what takes it over. */
    Runnable load(State saved);
}
