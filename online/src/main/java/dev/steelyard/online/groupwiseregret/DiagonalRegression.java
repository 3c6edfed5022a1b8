package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.State;

/**
 * Linear regression by gradient steps with a step size for each feature (J. Duchi, E. Hazan, Y. Singer, Adaptive Subgradient
 * Methods, JMLR 12, 2011): O(d) time and memory where {@link OnlineRidge} takes O(d^2), for long instances.
 */
public final class DiagonalRegression implements GroupExpert<Double, Double> {

    private static final String NAME = "diagonal regression";

    /** Keeps a first gradient of 0 from dividing by 0. */
    private static final double SMALLEST = 1e-12;

    private final double rate;
    private final double[] theta;
    private final double[] squares;

    /**
     * @param dimension d, at least 1
     * @param rate of the steps, greater than 0; 0.5 suits features and labels in [0, 1]
     */
    public DiagonalRegression(int dimension, double rate) {
        if (dimension < 1) {
            throw new IllegalArgumentException("dimension must be at least 1, not " + dimension);
        }
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate must be positive and finite, not " + rate);
        }
        this.rate = rate;
        this.theta = new double[dimension];
        this.squares = new double[dimension];
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
        return OnlineRidge.dot(theta, x);
    }

    @Override
    public void learn(double[] x, Double y) {
        double error = predict(x) - y;
        for (int i = 0; i < theta.length; i++) {
            double gradient = 2 * error * x[i];
            if (gradient != 0) {
                squares[i] += gradient * gradient;
                theta[i] -= rate * gradient / Math.sqrt(squares[i] + SMALLEST);
            }
        }
    }

    /** Forgets how far the steps have shrunk; the coefficients stay and drift on by themselves. */
    @Override
    public void forget(double factor) {
        for (int i = 0; i < squares.length; i++) {
            squares[i] *= factor;
        }
    }

    @Override
    public State state() {
        return State.of(NAME).put("theta", theta).put("squares", squares);
    }

    @Override
    public Runnable load(State saved) {
        double[] savedTheta = saved.require(NAME).doubles("theta", theta.length);
        double[] savedSquares = saved.doubles("squares", squares.length);
        return () -> {
            System.arraycopy(savedTheta, 0, theta, 0, theta.length);
            System.arraycopy(savedSquares, 0, squares, 0, squares.length);
        };
    }
}
