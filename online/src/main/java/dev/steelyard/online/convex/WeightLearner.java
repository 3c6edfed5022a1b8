package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import java.util.List;

/** Finds the weights of a linear model from the losses of its examples. */
public interface WeightLearner {

    /** The learner's name in states and logs. */
    String name();

    Domain domain();

    /** The weights of this round; a new array. */
    double[] weights();

    /**
     * Learns an example; the next round begins.
     *
     * @param weights those of the time when the example was predicted, if its label came late
     */
    void learn(ModelLoss loss, double[] weights);

    /** Learns several examples that were predicted with the same weights. */
    void learnBatch(List<ModelLoss> losses, double[] weights);

    State snapshot();

    /**
     * @throws dev.steelyard.core.state.StateException if the snapshot is of another learner; nothing is changed then
     */
    void restore(State snapshot);

    /** By gradients; a batch is one round of the mean gradient. */
    static WeightLearner byGradients(OnlineOptimizer optimizer) {
        return new WeightLearner() {
            @Override
            public String name() {
                return optimizer.name();
            }

            @Override
            public Domain domain() {
                return optimizer.domain();
            }

            @Override
            public double[] weights() {
                return optimizer.predict();
            }

            @Override
            public void learn(ModelLoss loss, double[] weights) {
                optimizer.observe(loss.gradient(weights), weights);
            }

            @Override
            public void learnBatch(List<ModelLoss> losses, double[] weights) {
                List<double[]> gradients =
                        losses.stream().map(loss -> loss.gradient(weights)).toList();
                optimizer.observe(OnlineOptimizer.mean(gradients, domain().dimension()), weights);
            }

            @Override
            public State snapshot() {
                return optimizer.snapshot();
            }

            @Override
            public void restore(State snapshot) {
                optimizer.restore(snapshot);
            }
        };
    }
}
