package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.State;

/**
 * The Vovk-Azoury-Warmuth forecaster: ridge regression that counts the instance to be predicted among those seen, with
 * label 0. Its worst-case regret is d Y^2 ln(1 + T max|x|^2/(lambda d)) + lambda |theta|^2.
 */
public final class VovkAzouryWarmuth implements GroupExpert<Double, Double> {

    private static final String NAME = "vovk-azoury-warmuth";

    private final double[][] inverse;
    private final double[] sums;

    /**
     * @param dimension d
     * @param ridge lambda, greater than 0
     */
    public VovkAzouryWarmuth(int dimension, double ridge) {
        if (dimension < 1 || !(ridge > 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException(
                    "dimension must be at least 1 and ridge positive, not " + dimension + " and " + ridge);
        }
        this.inverse = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            inverse[i][i] = 1 / ridge;
        }
        this.sums = new double[dimension];
    }

    @Override
    public Double predict(double[] x) {
        if (x.length != sums.length) {
            throw new IllegalArgumentException(
                    "an instance has " + x.length + " features where " + sums.length + " are expected");
        }
        // x^T (P - P x x^T P / (1 + x^T P x)) b, which is (x^T P b) / (1 + x^T P x).
        double along = 0;
        double own = 0;
        for (int i = 0; i < x.length; i++) {
            double projected = OnlineRidge.dot(inverse[i], x);
            along += projected * sums[i];
            own += projected * x[i];
        }
        return along / (1 + own);
    }

    @Override
    public void learn(double[] x, Double y) {
        OnlineRidge.addRow(inverse, x);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += y * x[i];
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
        return State.of(NAME).put("inverse", inverse).put("sums", sums);
    }

    @Override
    public Runnable load(State saved) {
        double[][] savedInverse = saved.require(NAME).matrix("inverse");
        double[] savedSums = saved.doubles("sums", sums.length);
        return () -> {
            for (int i = 0; i < inverse.length; i++) {
                System.arraycopy(savedInverse[i], 0, inverse[i], 0, inverse.length);
            }
            System.arraycopy(savedSums, 0, sums, 0, sums.length);
        };
    }
}
