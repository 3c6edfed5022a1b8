package dev.steelyard.online.linearmdp;

/** Layers, states and actions with their features, and nothing of the transitions. */
public final class FeatureTable implements LayeredMdp {

    private final double[][][][] features;

    /**
     * @param features [layer][state][action][dimension]; kept, not copied
     * @throws IllegalArgumentException if there is no layer, state, action or dimension, states differ in their actions,
     *     or a feature has another dimension or a norm above 1; the message names the place
     */
    public FeatureTable(double[][][][] features) {
        if (features.length == 0 || features[0].length == 0 || features[0][0].length == 0) {
            throw new IllegalArgumentException("there must be at least one layer, state and action");
        }
        if (features[0][0][0].length == 0) {
            throw new IllegalArgumentException("features must have a dimension of at least 1");
        }
        for (int h = 0; h < features.length; h++) {
            if (features[h].length == 0) {
                throw new IllegalArgumentException("layer " + h + " must have at least one state");
            }
            for (int x = 0; x < features[h].length; x++) {
                if (features[h][x].length != features[0][0].length) {
                    throw new IllegalArgumentException("layer " + h + ", state " + x + " has " + features[h][x].length
                            + " actions where others have " + features[0][0].length + "; all states have the same");
                }
            }
        }
        this.features = features;
        validate();
    }

    /** Features of one for the pair itself, zero for all others of its layer. */
    public static FeatureTable oneHot(int actions, int... states) {
        int dimension = 0;
        for (int layer : states) {
            dimension = Math.max(dimension, layer * actions);
        }
        double[][][][] features = new double[states.length][][][];
        for (int h = 0; h < states.length; h++) {
            features[h] = new double[states[h]][actions][dimension];
            for (int x = 0; x < states[h]; x++) {
                for (int a = 0; a < actions; a++) {
                    features[h][x][a][x * actions + a] = 1;
                }
            }
        }
        return new FeatureTable(features);
    }

    @Override
    public int horizon() {
        return features.length;
    }

    @Override
    public int states(int layer) {
        return features[layer].length;
    }

    @Override
    public int actions() {
        return features[0][0].length;
    }

    @Override
    public int dimension() {
        return features[0][0][0].length;
    }

    @Override
    public double[] features(int layer, int state, int action) {
        return features[layer][state][action];
    }
}
