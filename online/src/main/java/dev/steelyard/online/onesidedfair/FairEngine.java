package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.State;
import java.util.random.RandomGenerator;

/** Weighs hypotheses by their costs so far, and draws from them. */
public interface FairEngine {

    /** The engine's name in states. */
    String name();

    /**
     * The probability with which the policy of the next play accepts.
     *
     * @param random a copy of the generator that the next play will be given
     */
    double probability(double[] x, RandomGenerator random);

    /**
     * Fixes the policy, then plays it once.
     *
     * @param batch instances, which have no influence on the policy
     */
    Play play(double[][] batch, Drawing drawing, RandomGenerator random);

    /**
     * Adds the cost of an instance to every hypothesis.
     *
     * @param one cost of accepting it
     * @param zero cost of rejecting it
     */
    void learn(double[] x, double one, double zero);

    /** Multiplies all costs so far by a factor in [0, 1]. */
    void forget(double factor);

    /** Sets the scale of weights or noise for a horizon; costs so far stay. */
    void begin(long horizon, int batchSize, double penalty);

    /** Everything the engine knows. */
    State state();

    /** Reads what {@link #state} wrote and gives what puts it in place. */
    Runnable load(State saved);

    /**
     * What came of a play.
     *
     * @param probabilities of acceptance under the policy; what the panel sees
     * @param accepted the decisions
     * @param inverseOne per accepted instance 1 over the probability of acceptance, or an estimate; 0 elsewhere
     * @param inverseZero per rejected instance the same of rejection; 0 elsewhere
     * @param drawn per instance the number, from 0, of the hypothesis that decided it
     * @param propensity of all decisions of the batch together
     */
    record Play(
            double[] probabilities,
            boolean[] accepted,
            double[] inverseOne,
            double[] inverseZero,
            int[] drawn,
            double propensity) {}
}
