package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.State;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Plays the hypothesis of least cost so far, the earliest on a tie: a deterministic baseline. With {@link
 * OutcomeUse#LABELLED_ONLY} it confirms itself: what it never accepts it never learns about.
 */
public final class FollowTheLeader implements FairEngine {

    private static final String NAME = "follow the leader";
    private static final double[][] NO_POINTS = {};
    private static final double[] NO_WEIGHTS = {};

    private final ListOracle oracle;

    public FollowTheLeader(List<? extends Hypothesis> hypotheses) {
        this.oracle = new ListOracle(hypotheses);
    }

    private Hypothesis leader() {
        return oracle.best(NO_POINTS, NO_WEIGHTS);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double probability(double[] x, RandomGenerator random) {
        return leader().accepts(x) ? 1 : 0;
    }

    @Override
    public Play play(double[][] batch, Drawing drawing, RandomGenerator random) {
        int best = oracle.bestNumber(NO_POINTS, NO_WEIGHTS);
        Hypothesis leader = oracle.hypothesis(best);
        int[] drawn = new int[batch.length];
        Arrays.fill(drawn, best);
        boolean[] accepted = new boolean[batch.length];
        double[] one = new double[batch.length];
        double[] zero = new double[batch.length];
        for (int i = 0; i < batch.length; i++) {
            accepted[i] = leader.accepts(batch[i]);
            one[i] = accepted[i] ? 1 : 0;
            zero[i] = accepted[i] ? 0 : 1;
        }
        return new Play(Arrays.copyOf(one, one.length), accepted, one, zero, drawn, 1);
    }

    @Override
    public void learn(double[] x, double one, double zero) {
        oracle.add(x, one - zero);
    }

    @Override
    public void forget(double factor) {
        oracle.forget(factor);
    }

    @Override
    public void begin(long horizon, int batchSize, double penalty) {
        // Nothing of a leader depends on the horizon.
    }

    @Override
    public State state() {
        return State.of(NAME).put("oracle", oracle.state());
    }

    @Override
    public Runnable load(State saved) {
        return oracle.load(saved.require(NAME).state("oracle"));
    }
}
