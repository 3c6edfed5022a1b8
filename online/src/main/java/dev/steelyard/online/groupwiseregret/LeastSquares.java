package dev.steelyard.online.groupwiseregret;

import org.ejml.simple.SimpleMatrix;
import org.ejml.simple.SimpleSVD;

/** Linear predictors under squared loss: the least squares fit of minimum norm, its predictions not clipped. */
public final class LeastSquares implements Hindsight<Double> {

    private static final double SMALLEST_SINGULAR_VALUE = 1e-10;

    private final double[][] gram;
    private final double[] products;
    private double squares;

    /** @param features length of an instance */
    public LeastSquares(int features) {
        this.gram = new double[features][features];
        this.products = new double[features];
    }

    @Override
    public void add(double[] x, Double y) {
        squares += y * y;
        for (int i = 0; i < x.length; i++) {
            if (x[i] == 0) {
                continue;
            }
            products[i] += y * x[i];
            for (int j = 0; j < x.length; j++) {
                gram[i][j] += x[i] * x[j];
            }
        }
    }

    @Override
    public double loss() {
        SimpleMatrix right = new SimpleMatrix(products.length, 1, true, products);
        SimpleSVD<SimpleMatrix> svd = new SimpleMatrix(gram).svd();
        double largest = svd.getW().get(0, 0);
        double explained = 0;
        for (int i = 0; i < products.length; i++) {
            double value = svd.getW().get(i, i);
            if (value > SMALLEST_SINGULAR_VALUE * largest) {
                double along = svd.getU().getColumn(i).dot(right);
                explained += along * along / value;
            }
        }
        return squares - explained;
    }
}
