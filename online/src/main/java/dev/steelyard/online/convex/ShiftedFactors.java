package dev.steelyard.online.convex;

/**
 * H + shift I = R^T D^-1 R of a symmetric positive definite H, R upper triangular with the diagonal D. The elimination runs
 * along rows, so that its inner loop has no sum to carry and is taken several entries at a time.
 */
final class ShiftedFactors {

    private final double[][] upper;

    /**
     * @throws ArithmeticException if H + shift I is not positive definite
     */
    ShiftedFactors(double[][] matrix, double shift) {
        int d = matrix.length;
        upper = new double[d][];
        for (int i = 0; i < d; i++) {
            upper[i] = matrix[i].clone();
            upper[i][i] += shift;
        }
        for (int k = 0; k < d; k++) {
            double[] pivots = upper[k];
            if (!(pivots[k] > 0) || Double.isInfinite(pivots[k])) {
                throw new ArithmeticException("the matrix of a norm must be finite and positive definite; pivot " + k
                        + " of " + d + " is " + pivots[k]);
            }
            for (int i = k + 1; i < d; i++) {
                subtract(upper[i], pivots[i] / pivots[k], pivots, i);
            }
        }
    }

    private static void subtract(double[] row, double factor, double[] pivots, int from) {
        for (int j = from; j < row.length; j++) {
            row[j] -= factor * pivots[j];
        }
    }

    /** {@code (H + shift I)^-1 right}. */
    double[] solve(double[] right) {
        double[] solution = forward(right);
        for (int i = solution.length - 1; i >= 0; i--) {
            double rest = solution[i];
            for (int j = i + 1; j < solution.length; j++) {
                rest -= upper[i][j] * solution[j];
            }
            solution[i] = rest / upper[i][i];
        }
        return solution;
    }

    /** {@code vector^T (H + shift I)^-1 vector}. */
    double inverseProduct(double[] vector) {
        double[] solved = forward(vector);
        double product = 0;
        for (int i = 0; i < solved.length; i++) {
            product += solved[i] * solved[i] / upper[i][i];
        }
        return product;
    }

    /** D R^-T vector. */
    private double[] forward(double[] vector) {
        double[] solved = vector.clone();
        for (int i = 0; i < solved.length; i++) {
            double factor = solved[i] / upper[i][i];
            for (int j = i + 1; j < solved.length; j++) {
                solved[j] -= factor * upper[i][j];
            }
        }
        return solved;
    }
}
