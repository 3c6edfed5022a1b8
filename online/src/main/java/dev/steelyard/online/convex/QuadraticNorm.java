package dev.steelyard.online.convex;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The norm |x|_H^2 = x^T H x of a symmetric positive definite matrix, and projections in it.
 *
 * <p>On a ball the projection is exact, by {@link SphereProjection}. Elsewhere it is found by accelerated projected
 * gradient steps until no point of the domain lies more than 1e-11 (relative to the norm of the gradient) downhill, which
 * is a certificate of optimality.
 */
public final class QuadraticNorm {

    private static final double CERTIFICATE = 1e-11;
    private static final int MOST_STEPS = 100_000;

    private final double[][] matrix;
    private double[][] inverse;
    private double[] values;

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

    /** With the matrix's inverse, where it is at hand; kept, not copied. */
    QuadraticNorm(double[][] matrix, double[][] inverse) {
        this(matrix);
        this.inverse = inverse;
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
        if (domain instanceof Ball ball) {
            invert();
            return ball.project(SphereProjection.project(inverse, ball, point));
        }
        decompose();
        return bySteps(domain, point);
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
            double[] gradient = Vectors.times(matrix, Vectors.plus(current, -1, point));
            double downhill = Vectors.dot(gradient, current) - Vectors.dot(gradient, domain.minimise(gradient));
            if (downhill <= CERTIFICATE * Math.min(1, Vectors.norm(gradient)) * Math.min(1, domain.diameter())) {
                return current;
            }
            double[] slope = Vectors.times(matrix, Vectors.plus(ahead, -1, point));
            double[] next = domain.project(Vectors.plus(ahead, -1 / largest, slope));
            ahead = Vectors.plus(next, momentum, Vectors.plus(next, -1, current));
            current = next;
        }
        return current;
    }

    private void invert() {
        if (inverse != null) {
            return;
        }
        int d = matrix.length;
        DMatrixRMaj found = new DMatrixRMaj(d, d);
        if (!CommonOps_DDRM.invertSPD(new DMatrixRMaj(matrix), found)) {
            throw new ArithmeticException("the matrix of a norm must be positive definite and finite");
        }
        double[][] rows = new double[d][];
        for (int i = 0; i < d; i++) {
            rows[i] = Arrays.copyOfRange(found.data, i * d, (i + 1) * d);
        }
        inverse = rows;
    }

    private void decompose() {
        if (values != null) {
            return;
        }
        int d = matrix.length;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, false, true);
        if (!eigen.decompose(new DMatrixRMaj(matrix))) {
            throw new ArithmeticException("the matrix of a norm could not be decomposed; is an entry not finite?");
        }
        double[] found = new double[d];
        for (int i = 0; i < d; i++) {
            found[i] = eigen.getEigenvalue(i).getReal();
            if (!(found[i] > 0)) {
                throw new ArithmeticException(
                        "the matrix of a norm must be positive definite; it has the eigenvalue " + found[i]);
            }
        }
        values = found;
    }
}
