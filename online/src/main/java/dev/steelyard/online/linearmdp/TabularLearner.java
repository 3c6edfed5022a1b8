package dev.steelyard.online.linearmdp;

/** A learner whose states are enumerated: its policy is a table. */
public abstract class TabularLearner extends EpisodicLearner {

    TabularLearner(String name, LayeredMdp mdp, long seed) {
        super(name, mdp, seed);
        mdp.validate();
    }

    /** The policy of an episode that would begin now, where it does not explore: [layer][state][action]. */
    public abstract double[][][] policy();

    @Override
    public final double[] policy(MdpState state) {
        requireState(state);
        return policy()[state.layer()][state.state()];
    }

    /**
     * The policy of the episode that runs, exploration included: [layer][state][action].
     *
     * @throws IllegalStateException if none runs
     */
    public final double[][][] playing() {
        Episode running = running();
        if (running == null) {
            throw new IllegalStateException("no episode runs; one begins with a decision in layer 0");
        }
        return running.policy;
    }

    @Override
    final double[] probabilities(Episode episode, int layer, int state) {
        return episode.policy[layer][state];
    }
}
