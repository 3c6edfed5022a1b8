package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;

/**
 * The matrix H = scale I + sum of weighted g g^T with its inverse, which follows by Sherman and Morrison's formula in
 * O(d^2); a step that leaves the domain is projected in H's norm.
 */
public final class SecondMoments {

    private static final String OWNER = "second moments";

    private final double[][] matrix;
    private final double[][] inverse;
    private QuadraticNorm norm;

    /**
     * @param scale of the identity, above 0
     */
    public SecondMoments(int dimension, double scale) {
        Vectors.requirePositive("the scale of the second moments", scale);
        matrix = new double[dimension][dimension];
        inverse = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            matrix[i][i] = scale;
            inverse[i][i] = 1 / scale;
        }
    }

    /** {@code H += weight vector vector^T}. */
    public void add(double weight, double[] vector) {
        double[] solved = times(inverse, vector);
        double factor = weight / (1 + weight * Vectors.dot(vector, solved));
        for (int i = 0; i < vector.length; i++) {
            addSymmetric(matrix[i], weight, vector[i], vector);
            addSymmetric(inverse[i], -factor, solved[i], solved);
        }
        norm = null;
    }

    /**
     * Rounds an entry as it rounds the one across the diagonal. A step takes the inverse for symmetric, so that no step
     * would ever correct what is not: beside an inverse that shrinks, it would grow with the number of rounds.
     */
    private static void addSymmetric(double[] row, double factor, double own, double[] vector) {
        for (int j = 0; j < row.length; j++) {
            row[j] += factor * (own * vector[j]);
        }
    }

    /**
     * The projection in H's norm of {@code from - factor H^-1 direction}.
     *
     * @param from a point of the domain
     */
    public double[] step(Domain domain, double[] from, double[] direction, double factor) {
        double[] target = Vectors.plus(from, -factor, times(inverse, direction));
        if (norm == null) {
            norm = new QuadraticNorm(matrix, inverse);
        }
        return norm.project(domain, target, from);
    }

    /** {@code left^T H^-1 right}. */
    public double product(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * Vectors.dot(inverse[i], right);
        }
        return sum;
    }

    /** A copy of H. */
    public double[][] matrix() {
        return copy(matrix);
    }

    /** A copy of the inverse of H. */
    public double[][] inverse() {
        return copy(inverse);
    }

    public State state() {
        return State.of(OWNER).put("matrix", matrix).put("inverse", inverse);
    }

    /**
     * @throws StateException if the state is of another dimension; nothing is changed then
     */
    public void restore(State state) {
        double[][] savedMatrix = read(state.require(OWNER), "matrix");
        double[][] savedInverse = read(state, "inverse");
        for (int i = 0; i < matrix.length; i++) {
            System.arraycopy(savedMatrix[i], 0, matrix[i], 0, matrix.length);
            System.arraycopy(savedInverse[i], 0, inverse[i], 0, matrix.length);
        }
        norm = null;
    }

    private double[][] read(State state, String name) {
        double[][] saved = state.matrix(name);
        for (double[] row : saved) {
            if (saved.length != matrix.length || row.length != matrix.length) {
                throw new StateException("the saved second moments are of dimension " + saved.length + ", not "
                        + matrix.length + "; restore them into an optimiser of the same domain");
            }
        }
        if (saved.length != matrix.length) {
            throw new StateException("the saved second moments are empty");
        }
        return saved;
    }

    /** A symmetric matrix times a vector: the sum of its rows, which unlike inner products runs in vector instructions. */
    static double[] times(double[][] symmetric, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            Vectors.add(product, vector[i], symmetric[i]);
        }
        return product;
    }

    private static double[][] copy(double[][] source) {
        double[][] result = new double[source.length][];
        for (int i = 0; i < source.length; i++) {
            result[i] = source[i].clone();
        }
        return result;
    }
}
