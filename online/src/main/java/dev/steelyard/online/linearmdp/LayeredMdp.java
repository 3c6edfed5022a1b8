package dev.steelyard.online.linearmdp;

/** What a learner knows of an MDP: layers, states, actions, features. Episodes begin in state 0 of layer 0. */
public interface LayeredMdp {

    /** H, how many layers there are; an episode takes one action in each. */
    int horizon();

    /** How many states a layer has; {@link Integer#MAX_VALUE} where they cannot be counted. */
    int states(int layer);

    /** A, the actions of every state. */
    int actions();

    /** d, the features' dimension. */
    int dimension();

    /** phi(x, a), of norm at most 1. The caller does not change it. */
    double[] features(int layer, int state, int action);

    /**
     * Checks the features.
     *
     * @throws IllegalArgumentException if one has another dimension or a norm above 1, or if layer 0 has more than one
     *     state
     */
    default void validate() {
        if (states(0) != 1) {
            throw new IllegalArgumentException(
                    "layer 0 must have one state, in which episodes begin, not " + states(0));
        }
        for (int h = 0; h < horizon(); h++) {
            for (int x = 0; x < states(h); x++) {
                for (int a = 0; a < actions(); a++) {
                    checkedFeatures(h, x, a);
                }
            }
        }
    }

    /**
     * The features of a pair, checked.
     *
     * @throws IllegalArgumentException if they have another dimension or a norm above 1; the message names the pair
     */
    default double[] checkedFeatures(int layer, int state, int action) {
        double[] phi = features(layer, state, action);
        String place = "the features of layer " + layer + ", state " + state + ", action " + action;
        if (phi.length != dimension()) {
            throw new IllegalArgumentException(place + " have dimension " + phi.length + ", not " + dimension());
        }
        double norm = Math.sqrt(Vectors.dot(phi, phi));
        if (!(norm <= 1 + 1e-9)) {
            throw new IllegalArgumentException(
                    place + " have norm " + norm + "; it must be at most 1: divide all features by the largest norm");
        }
        return phi;
    }
}
