package dev.steelyard.optim.lionk;

import jdk.incubator.vector.FloatVector;

/**
 * What all loops of Lion-K's step share, a vector at a time. In the loops slot 0 holds the parameter, 1 the gradient, 2
 * the momentum.
 *
 * <p>Every function has a loop of its own, of calls as small as these: vectors stay in registers only while C2 inlines
 * all that they are handed to. It does not inline methods that are long when compiled, and a loop that all functions
 * share would stop inlining them when a third one comes by.
 */
final class StepLanes {

    private final float ahead;
    private final float against;
    private final float keep;
    private final float take;
    private final float left;
    private final float scale;

    /** The coefficients of a step whose subgradient counts {@code weight} times. */
    StepLanes(LionKPasses passes, double weight) {
        ahead = (float) passes.beta1();
        against = (float) (1 - passes.beta1());
        keep = (float) passes.beta2();
        take = (float) (1 - passes.beta2());
        left = (float) passes.shrink();
        scale = (float) (passes.rate() * weight);
    }

    /** The look-ahead {@code z = beta1 m - (1 - beta1) g}. */
    FloatVector lookAhead(FloatVector m, FloatVector g) {
        return m.mul(ahead).sub(g.mul(against));
    }

    /** The same for one element, to the last bit. */
    float lookAhead(float m, float g) {
        return ahead * m - against * g;
    }

    /** The new momentum {@code beta2 m - (1 - beta2) g}. */
    FloatVector kept(FloatVector m, FloatVector g) {
        return m.mul(keep).sub(g.mul(take));
    }

    /** The new weight {@code shrink w + scale dK(z)}. */
    FloatVector moved(FloatVector w, FloatVector subgradient) {
        return w.mul(left).add(subgradient.mul(scale));
    }
}
