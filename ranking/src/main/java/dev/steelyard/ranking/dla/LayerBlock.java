package dev.steelyard.ranking.dla;

import java.util.Arrays;

/**
 * A block of documents on their way through a perceptron. Activations lie by unit and then by document, so that every inner
 * loop runs over documents at one index of several arrays, which is the shape that the JVM turns into vector instructions
 * however small the layers are.
 */
final class LayerBlock {

    /** Documents a block; its columns of a few units fit the first cache. */
    static final int ROWS = 256;

    private final MultilayerPerceptron scorer;
    private final int[] sizes;
    /** [layer][unit][document]; layer 0 are the features. */
    private final double[][][] columns;
    /** Loss by each unit before its activation; made on first use. */
    private double[][][] deltas;

    private int rows;

    LayerBlock(MultilayerPerceptron scorer, int most) {
        this.scorer = scorer;
        this.sizes = scorer.sizes();
        this.columns = columns(0, most);
    }

    private double[][][] columns(int firstLayer, int most) {
        double[][][] made = new double[sizes.length][][];
        for (int layer = firstLayer; layer < sizes.length; layer++) {
            made[layer] = new double[sizes[layer]][most];
        }
        return made;
    }

    /** Takes the documents from one position on and computes their scores. */
    void forward(double[][] documents, int from, int count, double[] scores) {
        rows = count;
        for (int r = 0; r < count; r++) {
            double[] document = documents[from + r];
            if (document.length != sizes[0]) {
                throw new IllegalArgumentException(
                        "a document has " + document.length + " features where the ranker takes " + sizes[0]);
            }
            for (int i = 0; i < document.length; i++) {
                columns[0][i][r] = document[i];
            }
        }
        double[] parameters = scorer.parameters();
        int offset = 0;
        for (int layer = 1; layer < sizes.length; layer++) {
            double[][] in = columns[layer - 1];
            for (double[] out : columns[layer]) {
                Arrays.fill(out, 0, rows, parameters[offset + in.length]);
                addWeighted(out, in, parameters, offset, 1, rows);
                if (scorer.isActivated(layer)) {
                    elu(out, rows);
                }
                offset += in.length + 1;
            }
        }
        System.arraycopy(columns[sizes.length - 1][0], 0, scores, from, rows);
    }

    /** Adds to the gradient of the parameters, for the documents of the last {@link #forward}. */
    void backward(double[] scoreGradients, int from, double[] gradient) {
        if (deltas == null) {
            deltas = columns(1, columns[0][0].length);
        }
        int last = sizes.length - 1;
        System.arraycopy(scoreGradients, from, deltas[last][0], 0, rows);
        double[] parameters = scorer.parameters();
        int offset = parameters.length;
        for (int layer = last; layer >= 1; layer--) {
            int inputs = sizes[layer - 1];
            offset -= sizes[layer] * (inputs + 1);
            for (int unit = 0; unit < sizes[layer]; unit++) {
                double[] delta = deltas[layer][unit];
                if (scorer.isActivated(layer)) {
                    timesSlope(delta, columns[layer][unit], rows);
                }
                addProducts(delta, columns[layer - 1], gradient, offset + unit * (inputs + 1), rows);
            }
            for (int i = 0; layer > 1 && i < inputs; i++) {
                Arrays.fill(deltas[layer - 1][i], 0, rows, 0);
                addWeighted(deltas[layer - 1][i], deltas[layer], parameters, offset + i, inputs + 1, rows);
            }
        }
    }

    /** out += the sum of each column times its weight, the weights standing at a stride. */
    private static void addWeighted(double[] out, double[][] in, double[] weights, int offset, int stride, int rows) {
        int i = 0;
        int at = offset;
        for (; i + 4 <= in.length; i += 4) {
            addFour(
                    out,
                    in[i],
                    in[i + 1],
                    in[i + 2],
                    in[i + 3],
                    weights[at],
                    weights[at + stride],
                    weights[at + 2 * stride],
                    weights[at + 3 * stride],
                    rows);
            at += 4 * stride;
        }
        for (; i < in.length; i++) {
            double weight = weights[at];
            double[] column = in[i];
            for (int r = 0; r < rows; r++) {
                out[r] += weight * column[r];
            }
            at += stride;
        }
    }

    private static void addFour(
            double[] out,
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double ofA,
            double ofB,
            double ofC,
            double ofD,
            int rows) {
        for (int r = 0; r < rows; r++) {
            out[r] = out[r] + ofA * a[r] + ofB * b[r] + ofC * c[r] + ofD * d[r];
        }
    }

    private static void elu(double[] out, int rows) {
        for (int r = 0; r < rows; r++) {
            double sum = out[r];
            // exp - 1 rather than expm1, which is several times slower and no better for a score.
            out[r] = sum > 0 ? sum : Math.exp(sum) - 1;
        }
    }

    private static void timesSlope(double[] delta, double[] activation, int rows) {
        for (int r = 0; r < rows; r++) {
            delta[r] *= Math.min(activation[r], 0) + 1;
        }
    }

    /** Adds the dot products of the deltas with each column, and their sum, to a row of the gradient. */
    private static void addProducts(double[] delta, double[][] in, double[] gradient, int offset, int rows) {
        int i = 0;
        for (; i + 4 <= in.length; i += 4) {
            addFourProducts(delta, in[i], in[i + 1], in[i + 2], in[i + 3], gradient, offset + i, rows);
        }
        for (; i < in.length; i++) {
            double product = 0;
            for (int r = 0; r < rows; r++) {
                product += delta[r] * in[i][r];
            }
            gradient[offset + i] += product;
        }
        double sum = 0;
        for (int r = 0; r < rows; r++) {
            sum += delta[r];
        }
        gradient[offset + in.length] += sum;
    }

    private static void addFourProducts(
            double[] delta, double[] a, double[] b, double[] c, double[] d, double[] gradient, int offset, int rows) {
        double ofA = 0;
        double ofB = 0;
        double ofC = 0;
        double ofD = 0;
        for (int r = 0; r < rows; r++) {
            double by = delta[r];
            ofA += by * a[r];
            ofB += by * b[r];
            ofC += by * c[r];
            ofD += by * d[r];
        }
        gradient[offset] += ofA;
        gradient[offset + 1] += ofB;
        gradient[offset + 2] += ofC;
        gradient[offset + 3] += ofD;
    }
}
