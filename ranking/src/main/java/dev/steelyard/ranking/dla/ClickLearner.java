package dev.steelyard.ranking.dla;

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
}
