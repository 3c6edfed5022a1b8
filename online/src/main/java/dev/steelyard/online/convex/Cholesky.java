package dev.steelyard.online.convex;

/** The factor U^T U of a small symmetric positive definite matrix; all its loops run over rows, in vector instructions. */
final class Cholesky {

    private final double[][] factor;

    /**
     * @param upper the matrix's upper triangle; is overwritten
     * @throws ArithmeticException if it is not positive definite
     */
    Cholesky(double[][] upper) {
        factor = upper;
        for (int k = 0; k < upper.length; k++) {
            double[] row = upper[k];
            double pivot = Math.sqrt(row[k]);
            if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
                throw new ArithmeticException("the matrix of a norm must be positive definite and finite");
            }
            for (int j = k; j < row.length; j++) {
                row[j] /= pivot;
            }
            for (int i = k + 1; i < row.length; i++) {
                subtract(upper[i], row[i], row, i);
            }
        }
    }

    private static void subtract(double[] from, double factor, double[] row, int first) {
        for (int j = first; j < row.length; j++) {
            from[j] -= factor * row[j];
        }
    }

    /** Solves in place. */
    void solve(double[] right) {
        int size = factor.length;
        for (int k = 0; k < size; k++) {
            right[k] /= factor[k][k];
            subtract(right, right[k], factor[k], k + 1);
        }
        for (int k = size - 1; k >= 0; k--) {
            double sum = right[k];
            for (int j = k + 1; j < size; j++) {
                sum -= factor[k][j] * right[j];
            }
            right[k] = sum / factor[k][k];
        }
    }
}
