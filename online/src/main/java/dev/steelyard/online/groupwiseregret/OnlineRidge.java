package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.state.State;
import dev.steelyard.online.convex.SecondMoments;
import dev.steelyard.online.convex.Vectors;

/**
 * Ridge regression example by example, for the squared loss. Without an intercept: give a constant feature.
 *
 * <p>With {@code forward} it is the forecaster of Vovk, Azoury and Warmuth, which counts the features at hand among those
 * seen before it predicts: better in the worst case.
 */
public final class OnlineRidge implements GroupLearner {

    private static final String OWNER = "online-ridge";

    private final SecondMoments moments;
    private final boolean forward;
    private double[] products;

    /**
     * @param dimension of the features
     * @param lambda weight of the squared norm, above 0; 1 in the authors' code
     * @param forward whether to forecast as Vovk, Azoury and Warmuth
     * @throws IllegalArgumentException if {@code lambda} is not above 0
     */
    public OnlineRidge(int dimension, double lambda, boolean forward) {
        this.moments = new SecondMoments(dimension, Vectors.requirePositive("lambda", lambda));
        this.forward = forward;
        this.products = new double[dimension];
    }

    /** The weights theta. */
    public double[] weights() {
        return Vectors.times(moments.inverse(), products);
    }

    @Override
    public double predict(double[] features) {
        double plain = moments.product(features, products);
        // By Sherman and Morrison, x^T (A + x x^T)^-1 b = x^T A^-1 b / (1 + x^T A^-1 x).
        return forward ? plain / (1 + moments.product(features, features)) : plain;
    }

    @Override
    public void update(double[] features, double label) {
        moments.add(1, features);
        products = Vectors.plus(products, label, features);
    }

    @Override
    public State snapshot() {
        return State.of(OWNER).put("moments", moments.state()).put("products", products);
    }

    @Override
    public void restore(State snapshot) {
        double[] saved = snapshot.require(OWNER).doubles("products", products.length);
        moments.restore(snapshot.state("moments"));
        products = saved;
    }
}
