package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;

/** Projected online gradient descent, x <- project(x - eta g); the baseline of every other method here. */
public final class OnlineGradientDescent implements OnlineOptimizer {

    private final Domain domain;
    private final DescentStep step;
    private final CompensatedSum squares = new CompensatedSum();
    private double[] point;
    private long round = 1;

    /** Starts at the domain's centre. */
    public OnlineGradientDescent(Domain domain, DescentStep step) {
        this.domain = domain;
        this.step = step;
        this.point = domain.centre();
    }

    @Override
    public String name() {
        return "online-gradient-descent";
    }

    @Override
    public Domain domain() {
        return domain;
    }

    @Override
    public double[] predict() {
        return point.clone();
    }

    @Override
    public void observe(double[] gradient) {
        Vectors.requireGradient(gradient, domain.dimension());
        squares.add(Vectors.dot(gradient, gradient));
        point = domain.project(Vectors.plus(point, -step.size(round, squares.value()), gradient));
        round++;
    }

    @Override
    public State snapshot() {
        return State.of(name()).put("round", round).put("point", point).put("squares", squares.parts());
    }

    @Override
    public void restore(State snapshot) {
        long savedRound = snapshot.require(name()).integer("round");
        double[] savedPoint = snapshot.doubles("point", domain.dimension());
        double[] savedSquares = CompensatedSum.parts(snapshot, "squares");
        round = savedRound;
        point = savedPoint;
        squares.restore(savedSquares);
    }
}
