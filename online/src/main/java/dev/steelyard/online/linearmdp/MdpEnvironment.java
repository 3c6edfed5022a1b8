package dev.steelyard.online.linearmdp;

import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/**
 * A world of episodes, in the terms of Gymnasium: {@link #reset} begins one, {@link #step} takes an action.
 *
 * <pre>{@code
 * MdpState state = world.reset();
 * for (boolean over = false; !over; ) {
 *     Decision<Integer> decision = learner.decide(state);
 *     MdpEnvironment.Step step = world.step(decision.action());
 *     learner.feedback(decision.id(), step.loss());
 *     over = step.terminated();
 *     state = step.state();
 * }
 * }</pre>
 */
public final class MdpEnvironment {

    private final LayeredMdp mdp;
    private final Simulator transitions;
    private final LongFunction<double[][][]> losses;
    private final RandomGenerator random;
    private long episode = -1;
    private MdpState state;

    /**
     * What came of an action.
     *
     * @param state the next one; null when the episode is over
     * @param loss of the action
     * @param terminated whether the episode is over
     */
    public record Step(MdpState state, double loss, boolean terminated) {}

    /**
     * @param losses of an episode, by its number from 0: [layer][state][action]
     * @param random of the transitions alone
     */
    public MdpEnvironment(
            LayeredMdp mdp, Simulator transitions, LongFunction<double[][][]> losses, RandomGenerator random) {
        this.mdp = mdp;
        this.transitions = transitions;
        this.losses = losses;
        this.random = random;
    }

    /** The number of the episode that runs, from 0; -1 before the first. */
    public long episode() {
        return episode;
    }

    /** Begins the next episode; one that runs is broken off. */
    public MdpState reset() {
        episode++;
        state = new MdpState(0, 0);
        return state;
    }

    /**
     * Takes an action.
     *
     * @throws IllegalStateException if no episode runs
     * @throws IllegalArgumentException if there is no such action
     */
    public Step step(int action) {
        if (state == null) {
            throw new IllegalStateException("no episode runs; begin one with reset()");
        }
        if (action < 0 || action >= mdp.actions()) {
            throw new IllegalArgumentException(
                    "there is no action " + action + "; there are " + mdp.actions() + ", counted from 0");
        }
        int layer = state.layer();
        double loss = losses.apply(episode)[layer][state.state()][action];
        boolean over = layer + 1 == mdp.horizon();
        state = over
                ? null
                : new MdpState(
                        layer + 1,
                        SimulatedModel.next(transitions, layer, state.state(), action, mdp.states(layer + 1), random));
        return new Step(state, loss, over);
    }
}
