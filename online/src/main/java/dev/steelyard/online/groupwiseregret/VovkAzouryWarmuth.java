package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.State;

/**
 * The Vovk-Azoury-Warmuth forecaster: ridge regression that counts the instance to be predicted among those seen, with
 * label 0. Its worst-case regret is d Y^2 ln(1 + T max|x|^2/(lambda d)) + lambda |theta|^2.
 */
public final class VovkAzouryWarmuth implements GroupExpert<Double, Double> {

    private static final String NAME = "vovk-azoury-warmuth";

    private final InverseGram inverse;
    private final double[] sums;

    /**
     * @param dimension d
     * @param ridge lambda, greater than 0
     */
    public VovkAzouryWarmuth(int dimension, double ridge) {
        this.inverse = new InverseGram(dimension, ridge);
        this.sums = new double[dimension];
    }

    @Override
    public Double predict(double[] x) {
        double[] projected = new double[sums.length];
        inverse.times(x, projected);
        // x^T (P - P x x^T P / (1 + x^T P x)) b, which is (x^T P b) / (1 + x^T P x).
        return OnlineRidge.dot(projected, sums) / (1 + OnlineRidge.dot(projected, x));
    }

    @Override
    public void learn(double[] x, Double y) {
        inverse.add(x);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += y * x[i];
        }
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
        return State.of(NAME).put("inverse", inverse.rows()).put("sums", sums);
    }

    @Override
    public Runnable load(State saved) {
        double[] savedSums = saved.require(NAME).doubles("sums", sums.length);
        Runnable loadInverse = inverse.load(saved, "inverse");
        return () -> {
            loadInverse.run();
            System.arraycopy(savedSums, 0, sums, 0, sums.length);
        };
    }
}
