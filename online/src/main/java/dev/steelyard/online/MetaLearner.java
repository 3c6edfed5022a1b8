package dev.steelyard.online;

import dev.steelyard.core.state.State;

/**
 * Weighs experts, of which some may sleep in a round.
 *
 * <p>Experts are numbered from 0. A round is {@link #weigh} and {@link #learn} with the same awake experts; {@code weigh}
 * changes nothing, so that the weights of a decision can be kept and learnt from when its losses come late.
 */
public interface MetaLearner {

    /** How many experts there are. */
    int experts();

    /**
     * The probabilities of the awake experts.
     *
     * @param awake numbers of the experts that are awake, without repetition
     * @param hints a guess of each awake expert's loss, for optimistic learners; null for none
     * @return one probability per awake expert, in their order; they sum to 1
     */
    double[] weigh(int[] awake, double[] hints);

    /**
     * Learns the losses of the awake experts.
     *
     * @param awake as in {@link #weigh}
     * @param probabilities what {@link #weigh} gave when the round was decided
     * @param hints as in {@link #weigh}
     * @param losses one per awake expert
     * @throws InvalidOutcomeException if a loss is NaN or infinite
     */
    void learn(int[] awake, double[] probabilities, double[] hints, double[] losses);

    State snapshot();

    void restore(State snapshot);
}
