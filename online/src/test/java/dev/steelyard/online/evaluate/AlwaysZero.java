package dev.steelyard.online.evaluate;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.PendingDecisions;

/** Decides 0 whatever the context. */
final class AlwaysZero implements OnlineLearner<double[], Integer, Double> {

    private final PendingDecisions<Boolean> pending = new PendingDecisions<>();

    @Override
    public String name() {
        return "always-zero";
    }

    @Override
    public Decision<Integer> decide(double[] context) {
        return new Decision<>(pending.open(true), 0, 1);
    }

    @Override
    public void feedback(long decision, Double outcome) {
        pending.close(decision);
    }

    @Override
    public void expire(long decision) {
        pending.close(decision);
    }

    @Override
    public int pending() {
        return pending.size();
    }

    @Override
    public State snapshot() {
        return State.of(name());
    }

    @Override
    public void restore(State snapshot) {
        snapshot.require(name());
    }
}
