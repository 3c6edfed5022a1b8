package dev.steelyard.ranking.dla;

import dev.steelyard.core.state.State;
import dev.steelyard.ranking.Ranker;
import java.util.List;

/** A ranker that learns from batches of sessions. */
public interface ClickLearner extends Ranker {

    /**
     * Learns one step.
     *
     * @return whether there was anything to learn from
     * @throws IllegalArgumentException if a document has another number of features than the ranker takes, or a score
     *     becomes NaN; nothing is changed then
     */
    boolean learn(List<ClickedList> batch);

    /** Everything that was learnt, the steps' sizes included. */
    State snapshot();

    /**
     * Goes on where the snapshot was taken, bit for bit.
     *
     * @throws dev.steelyard.core.state.StateException if it is of another learner or another scorer's shape; nothing is
     *     changed then
     */
    void restore(State snapshot);
}
