package dev.steelyard.optim.frugal;

import java.util.ArrayList;
import java.util.List;

/**
 * How fast a contender learns.
 *
 * @param learningRate peak, of the embedding, norms and head
 * @param linearFactor by which it is multiplied for the linear layers inside the blocks; FRUGAL's and GaLore's scale
 *     {@code s}
 */
record Rate(double learningRate, double linearFactor) {

    private static final String BETWEEN = " x ";

    static Rate of(double learningRate) {
        return new Rate(learningRate, 1);
    }

    /** Every pair of both. */
    static List<Rate> grid(List<Double> learningRates, List<Double> linearFactors) {
        List<Rate> grid = new ArrayList<>();
        learningRates.forEach(rate -> linearFactors.forEach(factor -> grid.add(new Rate(rate, factor))));
        return grid;
    }

    /** Reads what {@link #toString} writes. */
    static Rate parse(String text) {
        String[] parts = text.split(BETWEEN);
        return new Rate(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]));
    }

    double ofLinearLayers() {
        return learningRate * linearFactor;
    }

    @Override
    public String toString() {
        return learningRate + BETWEEN + linearFactor;
    }
}
