package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.State;

/**
 * P = (lambda I + sum x x^T)^-1, by rank-one updates in O(d^2) that keep it symmetric to the last bit.
 *
 * <p>Forgetting multiplies P^-1 by a factor, and where no instance reaches a direction (an indicator that is always 0 in
 * this group, indicators that always sum to 1) P would grow without end and its rounding errors would drown the rest. What
 * is known of a coordinate therefore never falls below a millionth of lambda.
 */
final class InverseGram {

    /** The most that a diagonal entry of P grows beyond its beginning: leaves ten digits for the directions seen. */
    private static final double MOST_GROWTH = 1e6;

    private final double[][] inverse;
    private final double ceiling;

    /**
     * @param dimension d, at least 1
     * @param ridge lambda, positive and finite
     */
    InverseGram(int dimension, double ridge) {
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension must be at least 1, not " + dimension);
        }
        if (!(ridge > 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge must be positive and finite, not " + ridge);
        }
        this.inverse = new double[dimension][dimension];
        this.ceiling = MOST_GROWTH / ridge;
        for (int i = 0; i < dimension; i++) {
            inverse[i][i] = 1 / ridge;
        }
    }

    /** P x, written into a vector. */
    void times(double[] x, double[] product) {
        if (x.length != inverse.length) {
            throw new IllegalArgumentException(
                    "an instance has " + x.length + " features where " + inverse.length + " are expected");
        }
        for (int i = 0; i < product.length; i++) {
            product[i] = OnlineRidge.dot(inverse[i], x);
        }
    }

    /** P - P x x^T P / (1 + x^T P x). */
    void add(double[] x) {
        double[] projected = new double[inverse.length];
        times(x, projected);
        subtract(projected, 1 / (1 + OnlineRidge.dot(projected, x)));
    }

    private void subtract(double[] projected, double scale) {
        for (int i = 0; i < projected.length; i++) {
            for (int j = 0; j < projected.length; j++) {
                inverse[i][j] -= scale * (projected[i] * projected[j]);
            }
        }
    }

    /** Multiplies P^-1 by a factor in (0, 1]. */
    void forget(double factor) {
        for (double[] row : inverse) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= factor;
            }
        }
        for (int i = 0; i < inverse.length; i++) {
            double own = inverse[i][i];
            if (own > ceiling) {
                // An instance c e_i whose weight c^2 = 1/ceiling - 1/own takes the entry to the ceiling.
                double weight = 1 / ceiling - 1 / own;
                subtract(inverse[i].clone(), weight / (1 + weight * own));
            }
        }
    }

    double[][] rows() {
        return inverse;
    }

    /** Reads a field that holds {@link #rows} and gives what puts it in place. */
    Runnable load(State saved, String field) {
        double[][] rows = saved.matrix(field);
        return () -> {
            for (int i = 0; i < inverse.length; i++) {
                System.arraycopy(rows[i], 0, inverse[i], 0, inverse.length);
            }
        };
    }
}
