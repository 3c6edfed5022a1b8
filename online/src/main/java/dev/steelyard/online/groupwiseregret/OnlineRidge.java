package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.State;

/**
 * Online ridge regression: theta = (lambda I + sum x x^T)^-1 sum y x over all instances so far, by rank-one updates in
 * O(d^2). No intercept: give a feature that is 1.
 */
public final class OnlineRidge implements GroupExpert<Double, Double> {

    private static final String NAME = "online ridge";
    private static final int SYMMETRISED_EVERY = 1000;

    private final double[][] inverse;
    private final double[] sums;
    private final double[] theta;
    private long learnt;

    /**
     * @param dimension d
     * @param ridge lambda, greater than 0; 1 is usual
     */
    public OnlineRidge(int dimension, double ridge) {
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension must be at least 1, not " + dimension);
        }
        if (!(ridge > 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge must be positive and finite, not " + ridge);
        }
        this.inverse = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            inverse[i][i] = 1 / ridge;
        }
        this.sums = new double[dimension];
        this.theta = new double[dimension];
    }

    /** The coefficients. */
    public double[] coefficients() {
        return theta.clone();
    }

    @Override
    public Double predict(double[] x) {
        require(x);
        return dot(theta, x);
    }

    @Override
    public void learn(double[] x, Double y) {
        require(x);
        addRow(inverse, x);
        learnt++;
        if (learnt % SYMMETRISED_EVERY == 0) {
            symmetrise();
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += y * x[i];
        }
        for (int i = 0; i < theta.length; i++) {
            theta[i] = dot(inverse[i], sums);
        }
    }

    /** P - P x x^T P / (1 + x^T P x), in place. */
    static void addRow(double[][] inverse, double[] x) {
        double[] projected = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            projected[i] = dot(inverse[i], x);
        }
        double scale = 1 / (1 + dot(projected, x));
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                inverse[i][j] -= scale * projected[i] * projected[j];
            }
        }
    }

    private void symmetrise() {
        for (int i = 0; i < inverse.length; i++) {
            for (int j = 0; j < i; j++) {
                double mean = (inverse[i][j] + inverse[j][i]) / 2;
                inverse[i][j] = mean;
                inverse[j][i] = mean;
            }
        }
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private void require(double[] x) {
        if (x.length != theta.length) {
            throw new IllegalArgumentException(
                    "an instance has " + x.length + " features where " + theta.length + " are expected");
        }
    }

    @Override
    public void forget(double factor) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] *= factor;
            for (int j = 0; j < sums.length; j++) {
                inverse[i][j] /= factor;
            }
        }
    }

    @Override
    public State state() {
        return State.of(NAME)
                .put("inverse", inverse)
                .put("sums", sums)
                .put("theta", theta)
                .put("learnt", learnt);
    }

    @Override
    public Runnable load(State saved) {
        double[][] savedInverse = saved.require(NAME).matrix("inverse");
        double[] savedSums = saved.doubles("sums", sums.length);
        double[] savedTheta = saved.doubles("theta", theta.length);
        long savedLearnt = saved.integer("learnt");
        return () -> {
            for (int i = 0; i < inverse.length; i++) {
                System.arraycopy(savedInverse[i], 0, inverse[i], 0, inverse.length);
            }
            System.arraycopy(savedSums, 0, sums, 0, sums.length);
            System.arraycopy(savedTheta, 0, theta, 0, theta.length);
            learnt = savedLearnt;
        };
    }
}
