package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.PendingDecisions;

/**
 * An {@link OnlineOptimizer} as a learner of this module: it decides points, and the feedback of a decision is the
 * gradient of its loss there, early, late or never. Decisions are deterministic, so that their propensity is 1.
 */
public final class ConvexLearner implements OnlineLearner<Void, double[], double[]> {

    private final OnlineOptimizer optimizer;
    private PendingDecisions<double[]> pending = new PendingDecisions<>();

    public ConvexLearner(OnlineOptimizer optimizer) {
        this.optimizer = optimizer;
    }

    /** The optimiser behind. */
    public OnlineOptimizer optimizer() {
        return optimizer;
    }

    @Override
    public String name() {
        return optimizer.name();
    }

    @Override
    public Decision<double[]> decide(Void context) {
        double[] point = optimizer.predict();
        return new Decision<>(pending.open(point.clone()), point, 1);
    }

    @Override
    public void feedback(long decision, double[] gradient) {
        double[] point = pending.get(decision);
        optimizer.observe(gradient, point);
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
        return State.of("convex " + name())
                .put("optimizer", optimizer.snapshot())
                .put("pending", pending.state(point -> State.of("point").put("point", point)));
    }

    @Override
    public void restore(State snapshot) {
        int dimension = optimizer.domain().dimension();
        PendingDecisions<double[]> saved = PendingDecisions.from(
                snapshot.require("convex " + name()).state("pending"),
                state -> state.require("point").doubles("point", dimension));
        optimizer.restore(snapshot.state("optimizer"));
        pending = saved;
    }
}
