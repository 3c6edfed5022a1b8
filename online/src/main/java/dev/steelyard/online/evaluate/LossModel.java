package dev.steelyard.online.evaluate;

/**
 * Predicts an action's loss from a context by ridge regression on what was seen so far, one regression per action. Only
 * the past enters a prediction, so that a doubly robust estimate stays unbiased.
 */
final class LossModel {

    /** The ridge: one pseudo-observation of the mean loss seen by all actions. */
    private static final double RIDGE = 1;

    private final int dimension;
    private final double[][] inverses;
    private final double[][] weights;
    private double sum;
    private long count;

    LossModel(int actions, int features) {
        this.dimension = features + 1;
        this.inverses = new double[actions][dimension * dimension];
        this.weights = new double[actions][dimension];
        for (double[] inverse : inverses) {
            for (int i = 0; i < dimension; i++) {
                inverse[i * dimension + i] = 1 / RIDGE;
            }
        }
    }

    double predict(int action, double[] features) {
        double prediction = overall() + weights[action][0];
        for (int i = 0; i < features.length; i++) {
            prediction += weights[action][i + 1] * features[i];
        }
        return prediction;
    }

    /** Learns by recursive least squares; the target is the loss beyond the overall mean of that time. */
    void learn(int action, double[] features, double loss) {
        double[] x = new double[dimension];
        x[0] = 1;
        System.arraycopy(features, 0, x, 1, features.length);
        double[] inverse = inverses[action];
        double[] gain = new double[dimension];
        double scale = 1;
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                gain[i] += inverse[i * dimension + j] * x[j];
            }
            scale += x[i] * gain[i];
        }
        double error = loss - predict(action, features);
        for (int i = 0; i < dimension; i++) {
            weights[action][i] += gain[i] / scale * error;
            for (int j = 0; j < dimension; j++) {
                inverse[i * dimension + j] -= gain[i] * gain[j] / scale;
            }
        }
        sum += loss;
        count++;
    }

    private double overall() {
        return count == 0 ? 0 : sum / count;
    }
}
