package dev.steelyard.online.convex;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The norm |x|_H^2 = x^T H x of a symmetric positive definite matrix, and projections in it.
 *
 * <p>On a ball the projection is exact, by {@link SphereProjection}. Elsewhere no point of the domain lies more than
 * 1e-11 (relative to the norm of the gradient, or what rounding allows) downhill, which is a certificate of optimality:
 * on boxes, simplices, l1 balls and their products by {@link FaceProjection}, and on other domains, or where that finds
 * none, by accelerated projected gradient steps.
 */
public final class QuadraticNorm {

    private static final double CERTIFICATE = 1e-11;

    /** How many roundings of each product and sum a slope may hold. */
    private static final double ROUNDING = 4 * Math.ulp(1.0);

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
        return project(domain, point, null);
    }

    /**
     * The same.
     *
     * @param near a point of the domain where the search may begin, best on the same face; null for none
     */
    double[] project(Domain domain, double[] point, double[] near) {
        if (domain.contains(point, 0)) {
            return point.clone();
        }
        if (domain instanceof Ball ball) {
            invert();
            return ball.project(SphereProjection.project(inverse, ball, point));
        }
        double[] found = Face.isFlat(domain) ? byFaces(domain, point, near) : null;
        if (found != null) {
            return found;
        }
        decompose();
        return bySteps(domain, point);
    }

    /** A second search does without an inverse, which is less exact than the matrix, and begins elsewhere. */
    private double[] byFaces(Domain domain, double[] point, double[] near) {
        double[] other = domain.project(point);
        double[] found = byFaces(this, domain, point, near == null ? other : near);
        return found != null || (inverse == null && near == null)
                ? found
                : byFaces(new QuadraticNorm(matrix), domain, point, other);
    }

    private static double[] byFaces(QuadraticNorm norm, Domain domain, double[] point, double[] near) {
        try {
            return FaceProjection.project(norm, domain, point, near);
        } catch (ArithmeticException notPositiveDefinite) {
            // Perhaps by the rounding of a matrix that is nearly singular; the eigenvalues will tell.
            return null;
        }
    }

    double[][] matrix() {
        return matrix;
    }

    /** The inverse, or null if it is not at hand. */
    double[][] inverse() {
        return inverse;
    }

    /** H (point - target), the gradient of half the squared distance. */
    double[] slope(double[] point, double[] target) {
        return SecondMoments.times(matrix, Vectors.plus(point, -1, target));
    }

    /** Whether no point of the domain lies downhill of {@code found}, up to the certificate's tolerance. */
    boolean isNearest(Domain domain, double[] found, double[] target) {
        double[] slope = slope(found, target);
        double downhill = Vectors.dot(slope, found) - Vectors.dot(slope, domain.minimise(slope));
        if (downhill <= CERTIFICATE * Math.min(1, Vectors.norm(slope)) * Math.min(1, domain.diameter())) {
            return true;
        }
        double[] absolute = new double[found.length];
        for (int i = 0; i < found.length; i++) {
            absolute[i] = Math.abs(found[i] - target[i]) + Math.abs(found[i]);
        }
        double square = 0;
        for (double[] row : matrix) {
            double sum = 0;
            for (int i = 0; i < found.length; i++) {
                sum += Math.abs(row[i]) * absolute[i];
            }
            square += sum * sum;
        }
        return downhill <= ROUNDING * Math.sqrt(square) * domain.diameter();
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
