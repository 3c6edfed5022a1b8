package dev.steelyard.ranking.dla;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.ranking.Ranker;
import java.util.Arrays;

/**
 * A scorer of documents: dense layers with ELU after each, the last included, whose lower bound of -1 keeps the scores of
 * irrelevant documents from falling without end. Parameters lie in one array.
 */
public final class MultilayerPerceptron implements Ranker {

    private static final String NAME = "multilayer perceptron";

    private final int[] sizes;
    private final double[] parameters;
    private final boolean elu;

    /**
     * Weights uniform within 1/sqrt(fan-in), biases 0.
     *
     * @param sizes of the layers, the input's first; the last is 1. Two sizes make a linear ranker: ELU does not change
     *     the order of its scores
     */
    public MultilayerPerceptron(long seed, int... sizes) {
        this(seed, true, sizes);
    }

    private MultilayerPerceptron(long seed, boolean elu, int... sizes) {
        if (sizes.length < 2
                || sizes[sizes.length - 1] != 1
                || Arrays.stream(sizes).anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "the layers' sizes must be at least two positive numbers, the last 1, not "
                            + Arrays.toString(sizes));
        }
        this.sizes = sizes.clone();
        this.elu = elu;
        int count = 0;
        for (int layer = 1; layer < sizes.length; layer++) {
            count += sizes[layer] * (sizes[layer - 1] + 1);
        }
        this.parameters = new double[count];
        RestorableRandom random = new RestorableRandom(seed);
        int offset = 0;
        for (int layer = 1; layer < sizes.length; layer++) {
            double bound = 1 / Math.sqrt(sizes[layer - 1]);
            for (int unit = 0; unit < sizes[layer]; unit++) {
                for (int i = 0; i < sizes[layer - 1]; i++) {
                    parameters[offset++] = bound * (2 * random.nextDouble() - 1);
                }
                offset++;
            }
        }
    }

    /** One whose last layer is linear, for logits. */
    static MultilayerPerceptron ofLogits(long seed, int... sizes) {
        return new MultilayerPerceptron(seed, false, sizes);
    }

    /** The length of a document's features. */
    public int features() {
        return sizes[0];
    }

    /** The parameters: per layer and unit the weights, then the bias. The array is the scorer's own. */
    double[] parameters() {
        return parameters;
    }

    int[] sizes() {
        return sizes.clone();
    }

    /** Whether a layer ends in ELU. */
    boolean isActivated(int layer) {
        return elu || layer < sizes.length - 1;
    }

    @Override
    public double[] scores(double[][] documents) {
        double[] scores = new double[documents.length];
        LayerBlock block = new LayerBlock(this, Math.min(documents.length, LayerBlock.ROWS));
        for (int from = 0; from < scores.length; from += LayerBlock.ROWS) {
            block.forward(documents, from, Math.min(LayerBlock.ROWS, scores.length - from), scores);
        }
        return scores;
    }

    /** The scorer as a state. */
    public State state() {
        return State.of(NAME).put("sizes", sizes).put("parameters", parameters);
    }

    /** The scorer that {@link #state} wrote. */
    public static MultilayerPerceptron from(State saved) {
        int[] sizes = Arrays.stream(saved.require(NAME).integers("sizes"))
                .mapToInt(size -> (int) size)
                .toArray();
        MultilayerPerceptron scorer = new MultilayerPerceptron(0, sizes);
        scorer.load(saved).run();
        return scorer;
    }

    Runnable load(State saved) {
        double[] read = saved.require(NAME).doubles("parameters", parameters.length);
        return () -> System.arraycopy(read, 0, parameters, 0, read.length);
    }
}
