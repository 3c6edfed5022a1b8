package dev.steelyard.ranking.dla;

/** What a learner is taught, step by step. */
@FunctionalInterface
public interface Teaching {

    /**
     * Teaches one step: the same for the same step, whatever came before.
     *
     * @param step from 0
     * @return whether there was anything to learn from
     */
    boolean teach(ClickLearner learner, long step);
}
