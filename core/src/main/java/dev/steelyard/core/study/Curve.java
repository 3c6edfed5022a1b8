package dev.steelyard.core.study;

/**
 * A quantity over the course of a trial.
 *
 * @param x steps, in growing order
 * @param y values, as many
 */
public record Curve(double[] x, double[] y) {

    public Curve {
        if (x.length != y.length) {
            throw new IllegalArgumentException("a curve has " + x.length + " x but " + y.length + " y");
        }
    }
}
