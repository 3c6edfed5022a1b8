package dev.steelyard.ranking.dla;

import java.util.List;

/** Teaches by sessions. */
public interface SessionSource extends Teaching {

    /**
     * The sessions of a step.
     *
     * @param step from 0
     */
    List<ClickedList> batch(long step);

    @Override
    default boolean teach(ClickLearner learner, long step) {
        return learner.learn(batch(step));
    }
}
