package dev.steelyard.online.convex;

import dev.steelyard.online.InvalidOutcomeException;

/** Arithmetic of dense vectors. */
public final class Vectors {

    private Vectors() {}

    public static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    public static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    /** The squared distance. */
    public static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }

    /** {@code a + factor b}, a new vector. */
    public static double[] plus(double[] a, double factor, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + factor * b[i];
        }
        return sum;
    }

    /** {@code a += factor b}. */
    public static void add(double[] a, double factor, double[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += factor * b[i];
        }
    }

    /** Matrix times vector. */
    public static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            product[i] = dot(matrix[i], vector);
        }
        return product;
    }

    /**
     * A gradient that may be learnt from.
     *
     * @throws InvalidOutcomeException if it is of another dimension or an entry is NaN or infinite
     */
    public static double[] requireGradient(double[] gradient, int dimension) {
        if (gradient.length != dimension) {
            throw new InvalidOutcomeException("the gradient has " + gradient.length + " entries where the points have "
                    + dimension + "; the dimension must not change");
        }
        for (int i = 0; i < dimension; i++) {
            if (!Double.isFinite(gradient[i])) {
                throw new InvalidOutcomeException("entry " + i + " of the gradient is " + gradient[i]
                        + "; it must be finite: look for an overflow or a missing value in the loss");
            }
        }
        return gradient;
    }

    /**
     * A positive finite option.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static double requirePositive(String name, double value) {
        if (value > 0 && value < Double.POSITIVE_INFINITY) {
            return value;
        }
        throw new IllegalArgumentException(name + " must be above 0 and finite, not " + value);
    }

    /**
     * A finite option that is not negative.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static double requireNotNegative(String name, double value) {
        if (value >= 0 && value < Double.POSITIVE_INFINITY) {
            return value;
        }
        throw new IllegalArgumentException(name + " must be 0 or above and finite, not " + value);
    }
}
