package dev.steelyard.online.linearmdp;

import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** The inverse of gamma I plus the covariance of the features under a policy. */
public final class InverseCovariance {

    /** c of the geometric resampling. */
    private static final double STEP = 0.5;

    private InverseCovariance() {}

    /**
     * (gamma I + sum w phi phi^T)^-1, by Cholesky's decomposition.
     *
     * @param gamma greater than 0
     * @param features n of dimension d
     * @param weights n; the exact probabilities of the pairs, or 1/n for samples
     * @return symmetric, d times d
     * @throws IllegalArgumentException if gamma is not positive
     * @throws ArithmeticException if the matrix is singular all the same
     */
    public static double[][] regularised(double gamma, double[][] features, double[] weights) {
        requireGamma(gamma);
        if (features.length == 0) {
            throw new IllegalArgumentException("there must be at least one feature vector");
        }
        int d = features[0].length;
        DMatrixRMaj matrix = new DMatrixRMaj(d, d);
        for (int n = 0; n < features.length; n++) {
            if (weights[n] == 0) {
                continue;
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    matrix.data[i * d + j] += weights[n] * features[n][i] * features[n][j];
                }
            }
        }
        for (int i = 0; i < d; i++) {
            matrix.data[i * d + i] += gamma;
        }
        return inverse(matrix);
    }

    /** The inverse of a symmetric positive definite matrix. */
    static double[][] inverse(DMatrixRMaj matrix) {
        int d = matrix.numRows;
        LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(d);
        DMatrixRMaj inverse = new DMatrixRMaj(d, d);
        // The decomposition lets NaN pass.
        if (MatrixFeatures_DDRM.hasUncountable(matrix) || !cholesky.setA(matrix.copy())) {
            throw new ArithmeticException(
                    "the covariance of the features is singular; take a larger gamma, or look for NaN in the features");
        }
        cholesky.invert(inverse);
        double[][] rows = new double[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                rows[i][j] = inverse.data[i * d + j];
            }
        }
        return rows;
    }

    /**
     * Matrix geometric resampling: the mean over runs of c I + c sum_{n=1..N} prod_{j=1..n} (I - c (gamma I + phi_j
     * phi_j^T)), c = 1/2. Unbiased for the truncated series; needs far more samples than {@link #regularised}. G. Neu, J.
     * Olkhovskaya, Efficient and Robust Algorithms for Adversarial Linear Contextual Bandits, COLT 2020.
     *
     * @param features gives a fresh sample at each call
     * @param terms N
     * @param runs how many are averaged
     */
    public static double[][] geometricResampling(
            double gamma, int dimension, Supplier<double[]> features, int terms, int runs) {
        requireGamma(gamma);
        if (terms < 1 || runs < 1) {
            throw new IllegalArgumentException("terms and runs must be at least 1, not " + terms + " and " + runs);
        }
        double[][] sum = new double[dimension][dimension];
        for (int run = 0; run < runs; run++) {
            double[][] product = identity(dimension);
            add(sum, product, STEP / runs);
            for (int n = 0; n < terms; n++) {
                multiply(product, gamma, features.get());
                add(sum, product, STEP / runs);
            }
        }
        return sum;
    }

    /** The terms after which the series' rest is below a precision: ln(1/(precision gamma)) / gamma, rounded up. */
    public static int terms(double gamma, double precision) {
        requireGamma(gamma);
        return Math.max(1, (int) Math.ceil(Math.log(1 / (precision * gamma)) / gamma));
    }

    private static double[][] identity(int dimension) {
        double[][] identity = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    private static void add(double[][] sum, double[][] term, double factor) {
        for (int i = 0; i < sum.length; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[i][j] += factor * term[i][j];
            }
        }
    }

    /** A becomes A (I - c (gamma I + phi phi^T)). */
    private static void multiply(double[][] product, double gamma, double[] phi) {
        for (double[] row : product) {
            double along = Vectors.dot(row, phi);
            for (int j = 0; j < row.length; j++) {
                row[j] = (1 - STEP * gamma) * row[j] - STEP * along * phi[j];
            }
        }
    }

    private static void requireGamma(double gamma) {
        if (!(gamma > 0) || Double.isInfinite(gamma)) {
            throw new IllegalArgumentException("gamma must be positive and finite, not " + gamma);
        }
    }
}
