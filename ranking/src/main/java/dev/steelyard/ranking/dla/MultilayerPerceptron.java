package dev.steelyard.ranking.dla;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.ranking.Ranker;
import java.util.Arrays;
import java.util.List;

/**
 * A scorer of documents: dense layers with ELU after each, the last included, whose lower bound of -1 keeps the scores of
 * irrelevant documents from falling without end. Parameters lie in one array.
 */
public final class MultilayerPerceptron implements Ranker {

    private static final String NAME = "multilayer perceptron";

    private final int[] sizes;
    private final double[] parameters;
    private final int units;

    /**
     * Weights uniform within 1/sqrt(fan-in), biases 0.
     *
     * @param sizes of the layers, the input's first; the last is 1
     */
    public MultilayerPerceptron(long seed, int... sizes) {
        if (sizes.length < 2
                || sizes[sizes.length - 1] != 1
                || Arrays.stream(sizes).anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "the layers' sizes must be at least two positive numbers, the last 1, not "
                            + Arrays.toString(sizes));
        }
        this.sizes = sizes.clone();
        int count = 0;
        int hidden = 0;
        for (int layer = 1; layer < sizes.length; layer++) {
            count += sizes[layer] * (sizes[layer - 1] + 1);
            hidden += sizes[layer];
        }
        this.parameters = new double[count];
        this.units = hidden;
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

    /** The length of a document's features. */
    public int features() {
        return sizes[0];
    }

    /** The parameters: per layer and unit the weights, then the bias. The array is the scorer's own. */
    double[] parameters() {
        return parameters;
    }

    /** Room for a document's activations. */
    int units() {
        return units;
    }

    @Override
    public double[] scores(double[][] documents) {
        double[] scores = new double[documents.length];
        double[] activations = new double[units];
        for (int document = 0; document < scores.length; document++) {
            scores[document] = forward(documents[document], activations);
        }
        return scores;
    }

    double forward(double[] x, double[] activations) {
        if (x.length != sizes[0]) {
            throw new IllegalArgumentException(
                    "a document has " + x.length + " features where the ranker takes " + sizes[0]);
        }
        int offset = 0;
        int from = 0;
        int to = 0;
        for (int layer = 1; layer < sizes.length; layer++) {
            int inputs = sizes[layer - 1];
            for (int unit = 0; unit < sizes[layer]; unit++) {
                double sum = parameters[offset + inputs];
                if (layer == 1) {
                    for (int i = 0; i < inputs; i++) {
                        sum += parameters[offset + i] * x[i];
                    }
                } else {
                    for (int i = 0; i < inputs; i++) {
                        sum += parameters[offset + i] * activations[from + i];
                    }
                }
                activations[to + unit] = sum > 0 ? sum : Math.expm1(sum);
                offset += inputs + 1;
            }
            from = to;
            to += sizes[layer];
        }
        return activations[units - 1];
    }

    /**
     * Adds to the gradient.
     *
     * @param activations of {@link #forward} on the same document
     * @param room as long as the activations; overwritten
     */
    void backward(double[] x, double[] activations, double scoreGradient, double[] gradient, double[] room) {
        Arrays.fill(room, 0);
        room[units - 1] = scoreGradient;
        int offset = parameters.length;
        int to = units;
        for (int layer = sizes.length - 1; layer >= 1; layer--) {
            int inputs = sizes[layer - 1];
            to -= sizes[layer];
            int from = to - (layer == 1 ? 0 : inputs);
            offset -= sizes[layer] * (inputs + 1);
            for (int unit = 0; unit < sizes[layer]; unit++) {
                double activation = activations[to + unit];
                double delta = room[to + unit] * (activation > 0 ? 1 : activation + 1);
                int row = offset + unit * (inputs + 1);
                gradient[row + inputs] += delta;
                for (int i = 0; i < inputs; i++) {
                    if (layer == 1) {
                        gradient[row + i] += delta * x[i];
                    } else {
                        gradient[row + i] += delta * activations[from + i];
                        room[from + i] += delta * parameters[row + i];
                    }
                }
            }
        }
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

    /** Scores of a batch of lists, kept for their gradient. */
    Batch forward(List<double[][]> lists) {
        return new Batch(lists);
    }

    /** A batch of lists: scores forward, gradient back. */
    final class Batch {
        private final List<double[][]> lists;
        private final double[][][] activations;
        final double[][] scores;

        private Batch(List<double[][]> lists) {
            this.lists = lists;
            this.activations = new double[lists.size()][][];
            this.scores = new double[lists.size()][];
            for (int b = 0; b < scores.length; b++) {
                double[][] documents = lists.get(b);
                activations[b] = new double[documents.length][units];
                scores[b] = new double[documents.length];
                for (int k = 0; k < documents.length; k++) {
                    scores[b][k] = forward(documents[k], activations[b][k]);
                }
            }
        }

        double[] gradient(double[][] scoreGradients) {
            double[] gradient = new double[parameters.length];
            double[] room = new double[units];
            for (int b = 0; b < scores.length; b++) {
                for (int k = 0; k < scores[b].length; k++) {
                    if (scoreGradients[b][k] != 0) {
                        backward(lists.get(b)[k], activations[b][k], scoreGradients[b][k], gradient, room);
                    }
                }
            }
            return gradient;
        }
    }
}
