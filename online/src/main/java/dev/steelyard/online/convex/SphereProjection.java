package dev.steelyard.online.convex;

import java.util.Arrays;

/**
 * The point of a ball nearest in the norm of H to a point outside: x = (I + nu K)^-1 z, z from the ball's centre and K the
 * inverse of H, with the nu > 0 that puts x on the sphere.
 *
 * <p>x is sought in the Krylov space of K and z, which is the same for every nu, by Lanczos steps that are orthogonalised
 * in full. In that space the equation for nu has a tridiagonal matrix, and Newton's method on the inverse of the length,
 * a convex function, finds it from either side. A Lanczos step takes O(d^2); some ten are enough where the move leaves the
 * ball by little, as I + nu K is then close to I, and at most d are taken.
 */
final class SphereProjection {

    /** The residual to stop at, a share of the radius. */
    private static final double RESIDUAL = 0x1p-54;

    private static final int MOST_NEWTON_STEPS = 100;

    private final double[][] inverse;
    private final double radius;
    private final double length;
    private final double[][] basis;
    private final double[] diagonal;
    private final double[] beside;
    private final double[] solution;
    private final double[] slopes;
    private final double[] pivots;
    private double multiplier;

    private SphereProjection(double[][] inverse, double radius, double length) {
        int most = inverse.length;
        this.inverse = inverse;
        this.radius = radius;
        this.length = length;
        this.basis = new double[most][];
        this.diagonal = new double[most];
        this.beside = new double[most];
        this.solution = new double[most];
        this.slopes = new double[most];
        this.pivots = new double[most];
    }

    /**
     * @param inverse K, symmetric and positive definite
     * @param point outside the ball
     * @throws ArithmeticException if K is not positive definite
     */
    static double[] project(double[][] inverse, Ball ball, double[] point) {
        double[] centre = ball.centre();
        double[] outside = Vectors.plus(point, -1, centre);
        double length = Vectors.norm(outside);
        return new SphereProjection(inverse, ball.radius(), length).solve(centre, outside);
    }

    private double[] solve(double[] centre, double[] outside) {
        double[] next = scaled(1 / length, outside);
        int size = 0;
        while (true) {
            basis[size] = next;
            double[] image = SecondMoments.times(inverse, next);
            diagonal[size] = Vectors.dot(image, next);
            orthogonalise(image, size);
            beside[size] = Vectors.norm(image);
            size++;
            solve(size);
            double residual = multiplier * beside[size - 1] * Math.abs(solution[size - 1]);
            if (size == inverse.length || residual <= RESIDUAL * radius) {
                break;
            }
            next = scaled(1 / beside[size - 1], image);
        }
        double[] offset = new double[inverse.length];
        for (int k = 0; k < size; k++) {
            Vectors.add(offset, solution[k], basis[k]);
        }
        // The point is on the sphere; a basis that ends in rounding may have left it by 1e-10.
        return Vectors.plus(centre, radius / Vectors.norm(offset), offset);
    }

    /** Twice, for once leaves what rounding put back. */
    private void orthogonalise(double[] image, int last) {
        for (int pass = 0; pass < 2; pass++) {
            for (int k = last; k >= 0; k--) {
                Vectors.add(image, -Vectors.dot(image, basis[k]), basis[k]);
            }
        }
    }

    /** Finds nu and the coordinates of x, from the nu before. */
    private void solve(int size) {
        for (int step = 0; step < MOST_NEWTON_STEPS; step++) {
            factor(size);
            Arrays.fill(solution, 0, size, 0);
            solution[0] = length;
            substitute(solution, size);
            double square = 0;
            for (int k = 0; k < size; k++) {
                square += solution[k] * solution[k];
                slopes[k] = diagonal[k] * solution[k]
                        + (k > 0 ? beside[k - 1] * solution[k - 1] : 0)
                        + (k + 1 < size ? beside[k] * solution[k + 1] : 0);
            }
            substitute(slopes, size);
            double slope = 0;
            for (int k = 0; k < size; k++) {
                slope += slopes[k] * solution[k];
            }
            double excess = Math.sqrt(square) / radius - 1;
            double moved = Math.max(0, multiplier + excess * square / slope);
            if (Math.abs(excess) <= 0x1p-52 || moved == multiplier) {
                return;
            }
            multiplier = moved;
        }
    }

    /** I + nu T = L D L^T. */
    private void factor(int size) {
        for (int k = 0; k < size; k++) {
            double off = k > 0 ? multiplier * beside[k - 1] : 0;
            pivots[k] = 1 + multiplier * diagonal[k] - (k > 0 ? off * off / pivots[k - 1] : 0);
            if (!(pivots[k] > 0 && diagonal[k] > 0)) {
                throw new ArithmeticException("the matrix of a norm must be positive definite and finite");
            }
        }
    }

    private void substitute(double[] right, int size) {
        for (int k = 1; k < size; k++) {
            right[k] -= multiplier * beside[k - 1] / pivots[k - 1] * right[k - 1];
        }
        right[size - 1] /= pivots[size - 1];
        for (int k = size - 2; k >= 0; k--) {
            right[k] = (right[k] - multiplier * beside[k] * right[k + 1]) / pivots[k];
        }
    }

    private static double[] scaled(double factor, double[] vector) {
        return Vectors.plus(new double[vector.length], factor, vector);
    }
}
