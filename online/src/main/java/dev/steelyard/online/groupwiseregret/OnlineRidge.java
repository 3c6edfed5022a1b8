package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.State;

/**
 * Online ridge regression: theta = (lambda I + sum x x^T)^-1 sum y x over all instances so far, by rank-one updates in
 * O(d^2). No intercept: give a feature that is 1.
 */
public final class OnlineRidge implements GroupExpert<Double, Double> {

    private static final String NAME = "online ridge";

    private final InverseGram inverse;
    private final double[] sums;
    private final double[] theta;

    /**
     * @param dimension d
     * @param ridge lambda, greater than 0; 1 is usual
     */
    public OnlineRidge(int dimension, double ridge) {
        this.inverse = new InverseGram(dimension, ridge);
        this.sums = new double[dimension];
        this.theta = new double[dimension];
    }

    /** The coefficients. */
    public double[] coefficients() {
        return theta.clone();
    }

    @Override
    public Double predict(double[] x) {
        if (x.length != theta.length) {
            throw new IllegalArgumentException(
                    "an instance has " + x.length + " features where " + theta.length + " are expected");
        }
        return dot(theta, x);
    }

    @Override
    public void learn(double[] x, Double y) {
        inverse.add(x);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += y * x[i];
        }
        inverse.times(sums, theta);
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Override
    public void forget(double factor) {
        inverse.forget(factor);
        for (int i = 0; i < sums.length; i++) {
            sums[i] *= factor;
        }
    }

    @Override
    public State state() {
        return State.of(NAME).put("inverse", inverse.rows()).put("sums", sums).put("theta", theta);
    }

    @Override
    public Runnable load(State saved) {
        double[] savedSums = saved.require(NAME).doubles("sums", sums.length);
        double[] savedTheta = saved.doubles("theta", theta.length);
        Runnable loadInverse = inverse.load(saved, "inverse");
        return () -> {
            loadInverse.run();
            System.arraycopy(savedSums, 0, sums, 0, sums.length);
            System.arraycopy(savedTheta, 0, theta, 0, theta.length);
        };
    }
}
