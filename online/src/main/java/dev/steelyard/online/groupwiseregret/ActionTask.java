package dev.steelyard.online.groupwiseregret;

import dev.steelyard.online.InvalidOutcomeException;
import java.util.Arrays;
import java.util.List;

/**
 * One of a few actions, or the class of an instance; the outcome is the loss of each action, in [0, 1].
 *
 * @param actions how many, at least 1; numbered from 0
 */
public record ActionTask(int actions) implements GroupTask<Integer, double[]> {

    public ActionTask {
        if (actions < 1) {
            throw new IllegalArgumentException("actions must be at least 1, not " + actions);
        }
    }

    /** The losses of classification: 0 for the true class, 1 for the others. */
    public double[] wrongUnless(int trueClass) {
        double[] losses = new double[actions];
        Arrays.fill(losses, 1);
        losses[trueClass] = 0;
        return losses;
    }

    @Override
    public double loss(Integer action, double[] losses) {
        return losses[action];
    }

    @Override
    public void requireOutcome(long decision, double[] losses) {
        if (losses == null || losses.length != actions) {
            throw new InvalidOutcomeException(
                    "decision " + decision + " needs one loss for each of the " + actions + " actions");
        }
        for (int action = 0; action < actions; action++) {
            if (!(losses[action] >= 0 && losses[action] <= 1)) {
                throw new InvalidOutcomeException("decision " + decision + ": the loss of action " + action + " is "
                        + losses[action] + "; it must be in [0, 1]");
            }
        }
    }

    @Override
    public boolean isConvex() {
        return false;
    }

    @Override
    public Integer average(double[] probabilities, List<Integer> predictions) {
        throw new UnsupportedOperationException("actions have no average");
    }

    @Override
    public double[] write(Integer action) {
        return new double[] {action};
    }

    @Override
    public Integer read(double[] saved) {
        return (int) saved[0];
    }
}
