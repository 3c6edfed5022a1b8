package dev.steelyard.online.bandit;

import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;

/** A learner that plays one of a fixed number of arms and sees that arm's loss, in [0, 1]. */
public interface BanditLearner extends OnlineLearner<Void, Integer, Double> {

    /** How many arms there are; an action is a number from 0 to {@code arms() - 1}. */
    int arms();

    /** The arm that looks best so far; the lowest number on a tie. */
    int recommendation();

    /** Decides; a bandit has no context. */
    default Decision<Integer> decide() {
        return decide(null);
    }
}
