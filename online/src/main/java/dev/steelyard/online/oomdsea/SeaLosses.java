package dev.steelyard.online.oomdsea;

import java.util.random.RandomGenerator;

/**
 * Gradients that are partly slow drift, partly noise: cos(2 pi t/per) u1 + sin(2 pi t/per) u2 with orthonormal u1, u2, plus
 * sigma times a random unit vector; with a quadratic lambda |x|^2/2 on top if wanted.
 */
final class SeaLosses {

    private final double[] first;
    private final double[] second;
    private final double noise;
    private final int period;
    private final RandomGenerator random;

    /** @param period of the rotation in rounds; 0 for no rotating part */
    SeaLosses(int dimension, double noise, int period, RandomGenerator random) {
        this.noise = noise;
        this.period = period;
        this.random = random;
        double[][] directions = orthonormal(2, dimension, random);
        this.first = directions[0];
        this.second = directions[1];
    }

    /** A random orthonormal basis. */
    static double[][] basis(int dimension, RandomGenerator random) {
        return orthonormal(dimension, dimension, random);
    }

    /** Random orthonormal vectors, by Gram and Schmidt. */
    private static double[][] orthonormal(int count, int dimension, RandomGenerator random) {
        double[][] vectors = new double[count][];
        for (int n = 0; n < count; n++) {
            double[] vector = unit(dimension, random);
            for (int m = 0; m < n; m++) {
                double along = dot(vectors[m], vector);
                for (int i = 0; i < dimension; i++) {
                    vector[i] -= along * vectors[m][i];
                }
            }
            double norm = Math.sqrt(dot(vector, vector));
            for (int i = 0; i < dimension; i++) {
                vector[i] /= norm;
            }
            vectors[n] = vector;
        }
        return vectors;
    }

    static double[] unit(int dimension, RandomGenerator random) {
        double[] unit = new double[dimension];
        double norm = 0;
        for (int i = 0; i < dimension; i++) {
            unit[i] = random.nextGaussian();
            norm += unit[i] * unit[i];
        }
        for (int i = 0; i < dimension; i++) {
            unit[i] /= Math.sqrt(norm);
        }
        return unit;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The linear part's gradient in a round, from 1. */
    double[] gradient(int round) {
        double angle = period == 0 ? 0 : 2 * Math.PI * round / period;
        double[] scatter = noise == 0 ? new double[first.length] : unit(first.length, random);
        double[] gradient = new double[first.length];
        for (int i = 0; i < gradient.length; i++) {
            double drift = period == 0 ? 0 : Math.cos(angle) * first[i] + Math.sin(angle) * second[i];
            gradient[i] = drift + noise * scatter[i];
        }
        return gradient;
    }
}
