package dev.steelyard.online.linearmdp;

import dev.steelyard.online.InvalidOutcomeException;
import java.util.List;

/**
 * An episode that was played.
 *
 * @param episode its number
 * @param steps one a layer
 * @param exploredLayer the layer of the uniform action where the episode explored (h* of the simulator-free method), -1
 *     where it did not
 */
public record Trajectory(long episode, List<Step> steps, int exploredLayer) {

    public Trajectory {
        steps = List.copyOf(steps);
        if (exploredLayer < -1 || exploredLayer >= steps.size()) {
            throw new IllegalArgumentException(
                    "exploredLayer must be -1 or a step of the " + steps.size() + ", not " + exploredLayer);
        }
    }

    /** An episode that did not explore. */
    public Trajectory(long episode, List<Step> steps) {
        this(episode, steps, -1);
    }

    /**
     * A step.
     *
     * @param state number within its layer, from 0
     * @param action from 0
     * @param loss in [0, 1]
     * @param propensity the probability with which the action was drawn, in (0, 1]
     */
    public record Step(int state, int action, double loss, double propensity) {
        public Step {
            if (state < 0 || action < 0) {
                throw new IllegalArgumentException(
                        "state and action must be at least 0, not " + state + " and " + action);
            }
            if (!(loss >= 0 && loss <= 1)) {
                throw new InvalidOutcomeException(
                        "the loss of a step is " + loss + "; it must be in [0, 1]: scale it by its known range");
            }
            if (!(propensity > 0 && propensity <= 1)) {
                throw new IllegalArgumentException("the propensity of a step must be in (0, 1], not " + propensity);
            }
        }
    }

    /**
     * What another policy's losses would have been, by per-decision importance sampling: the sum over steps of the loss
     * times the product of the ratios of probabilities up to it. Its mean over trajectories is unbiased where the logged
     * policy takes every action that the other may take.
     *
     * @param policy [layer][state][action]
     */
    public double importanceWeightedLoss(double[][][] policy) {
        double weight = 1;
        double sum = 0;
        for (int h = 0; h < steps.size(); h++) {
            Step step = steps.get(h);
            weight *= policy[h][step.state()][step.action()] / step.propensity();
            sum += weight * step.loss();
        }
        return sum;
    }
}
