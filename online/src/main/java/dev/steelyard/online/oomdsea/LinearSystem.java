package dev.steelyard.online.oomdsea;

import org.ejml.simple.SimpleMatrix;

/** Small systems of linear equations. */
final class LinearSystem {

    private LinearSystem() {}

    static double[] solve(double[][] matrix, double[] right) {
        return new SimpleMatrix(matrix)
                .solve(new SimpleMatrix(right.length, 1, true, right))
                .getDDRM()
                .getData();
    }
}
