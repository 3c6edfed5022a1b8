package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.State;

/** A no-regret learner of real labels, which one group runs on its own rounds. */
public interface GroupLearner {

    /** The prediction for these features; changes nothing. */
    double predict(double[] features);

    /** Learns a label. */
    void update(double[] features, double label);

    State snapshot();

    /** Goes on where the snapshot was taken. */
    void restore(State snapshot);
}
