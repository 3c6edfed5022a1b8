package dev.steelyard.online.evaluate;

/** The self-normalised mean of losses under weights, with the standard error of the ratio by the delta method. */
final class WeightedLosses {

    private double weights;
    private double squares;
    private double losses;
    private double squaredTimesLoss;
    private double squaredTimesSquaredLoss;
    private double largest;

    void add(double weight, double loss) {
        double squared = weight * weight;
        weights += weight;
        squares += squared;
        losses += weight * loss;
        squaredTimesLoss += squared * loss;
        squaredTimesSquaredLoss += squared * loss * loss;
        largest = Math.max(largest, weight);
    }

    MeanEstimate estimate() {
        double mean = losses / weights;
        double variance = squaredTimesSquaredLoss - 2 * mean * squaredTimesLoss + mean * mean * squares;
        return new MeanEstimate(mean, Math.sqrt(Math.max(0, variance)) / weights);
    }

    double effectiveSampleSize() {
        return squares == 0 ? 0 : weights * weights / squares;
    }

    double largest() {
        return largest;
    }
}
