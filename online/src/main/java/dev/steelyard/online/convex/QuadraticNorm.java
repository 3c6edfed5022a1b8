package dev.steelyard.online.convex;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The norm |x|_H^2 = x^T H x of a symmetric positive definite matrix, and projections in it.
 *
 * <p>On a ball the projection is x = (H + nu I)^-1 H y with the nu > 0 that puts x on the sphere, found by bisection in
 * H's eigenbasis. Elsewhere it is found by accelerated projected gradient steps until no point of the domain lies more
 * than 1e-11 (relative to the norm of the gradient) downhill, which is a certificate of optimality.
 */
public final class QuadraticNorm {

    private static final double CERTIFICATE = 1e-11;
    private static final int MOST_STEPS = 100_000;

    private final double[][] matrix;
    private double[] values;
    private double[][] vectors;

    /**
     * @param matrix symmetric, positive definite; kept, not copied
     * @throws IllegalArgumentException if it is not square
     */
    public QuadraticNorm(double[][] matrix) {
        for (double[] row : matrix) {
            if (row.length != matrix.length) {
                throw new IllegalArgumentException(
                        "a norm needs a square matrix; a row has " + row.length + " entries of " + matrix.length);
            }
        }
        this.matrix = matrix;
    }

    /**
     * The point of the domain nearest to {@code point} in this norm.
     *
     * @throws ArithmeticException if the matrix is not positive definite
     */
    public double[] project(Domain domain, double[] point) {
        if (domain.contains(point, 0)) {
            return point.clone();
        }
        decompose();
        return domain instanceof Ball ball ? onBall(ball, point) : bySteps(domain, point);
    }

    private double[] onBall(Ball ball, double[] point) {
        int d = matrix.length;
        double[] centre = ball.centre();
        double[] weighted = times(vectors, Vectors.plus(point, -1, centre));
        double norm = 0;
        for (int i = 0; i < d; i++) {
            weighted[i] *= values[i];
            norm += weighted[i] * weighted[i];
        }
        double low = 0;
        double high = Math.sqrt(norm) / ball.radius();
        double squaredRadius = ball.radius() * ball.radius();
        for (int step = 0; step < 200 && high - low > Math.ulp(high); step++) {
            double middle = 0.5 * (low + high);
            double length = 0;
            for (int i = 0; i < d; i++) {
                double entry = weighted[i] / (values[i] + middle);
                length += entry * entry;
            }
            if (length > squaredRadius) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double[] result = centre;
        for (int i = 0; i < d; i++) {
            Vectors.add(result, weighted[i] / (values[i] + high), vectors[i]);
        }
        return ball.project(result);
    }

    private double[] bySteps(Domain domain, double[] point) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (double value : values) {
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
        }
        double root = Math.sqrt(smallest / largest);
        double momentum = (1 - root) / (1 + root);
        double[] current = domain.project(point);
        double[] ahead = current;
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = times(matrix, Vectors.plus(current, -1, point));
            double downhill = Vectors.dot(gradient, current) - Vectors.dot(gradient, domain.minimise(gradient));
            if (downhill <= CERTIFICATE * Math.min(1, Vectors.norm(gradient)) * Math.min(1, domain.diameter())) {
                return current;
            }
            double[] slope = times(matrix, Vectors.plus(ahead, -1, point));
            double[] next = domain.project(Vectors.plus(ahead, -1 / largest, slope));
            ahead = Vectors.plus(next, momentum, Vectors.plus(next, -1, current));
            current = next;
        }
        return current;
    }

    private void decompose() {
        if (values != null) {
            return;
        }
        int d = matrix.length;
        DMatrixRMaj copy = new DMatrixRMaj(matrix);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
        if (!eigen.decompose(copy)) {
            throw new ArithmeticException("the matrix of a norm could not be decomposed; is an entry not finite?");
        }
        double[] found = new double[d];
        vectors = new double[d][];
        for (int i = 0; i < d; i++) {
            found[i] = eigen.getEigenvalue(i).getReal();
            if (!(found[i] > 0)) {
                throw new ArithmeticException(
                        "the matrix of a norm must be positive definite; it has the eigenvalue " + found[i]);
            }
            vectors[i] = eigen.getEigenVector(i).data.clone();
        }
        values = found;
    }

    private static double[] times(double[][] rows, double[] vector) {
        return Vectors.times(rows, vector);
    }
}
