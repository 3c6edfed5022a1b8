package dev.steelyard.online.linearmdp;

import java.util.random.RandomGenerator;

/** Draws next states. */
@FunctionalInterface
public interface Simulator {

    /** A state of the next layer after an action; {@code layer} is below the last. */
    int sample(int layer, int state, int action, RandomGenerator random);
}
