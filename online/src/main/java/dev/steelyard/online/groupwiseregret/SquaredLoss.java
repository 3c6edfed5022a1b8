package dev.steelyard.online.groupwiseregret;

import dev.steelyard.online.InvalidOutcomeException;
import java.util.List;

/** Squared loss of a real label. */
record SquaredLoss(double lowest, double highest) implements GroupTask<Double, Double> {

    SquaredLoss {
        if (!(lowest < highest)) {
            throw new IllegalArgumentException(
                    "the labels' range must be lowest < highest, not " + lowest + " to " + highest);
        }
    }

    @Override
    public double loss(Double prediction, Double outcome) {
        return (prediction - outcome) * (prediction - outcome);
    }

    @Override
    public void requireOutcome(long decision, Double outcome) {
        if (outcome == null || !(outcome >= lowest && outcome <= highest)) {
            throw new InvalidOutcomeException("the label of decision " + decision + " is " + outcome
                    + "; the declared range is " + lowest + " to " + highest);
        }
    }

    @Override
    public boolean isConvex() {
        return true;
    }

    @Override
    public Double average(double[] probabilities, List<Double> predictions) {
        double average = 0;
        for (int i = 0; i < probabilities.length; i++) {
            average += probabilities[i] * predictions.get(i);
        }
        return average;
    }

    @Override
    public double[] write(Double prediction) {
        return new double[] {prediction};
    }

    @Override
    public Double read(double[] saved) {
        return saved[0];
    }
}
