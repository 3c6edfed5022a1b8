package dev.steelyard.online.evaluate;

/** Running mean and variance by Welford's update. */
final class Moments {

    private long count;
    private double mean;
    private double squares;

    void add(double value) {
        count++;
        double difference = value - mean;
        mean += difference / count;
        squares += difference * (value - mean);
    }

    double mean() {
        return mean;
    }

    MeanEstimate estimate() {
        return new MeanEstimate(mean, Math.sqrt(squares / (count - 1.0) / count));
    }
}
