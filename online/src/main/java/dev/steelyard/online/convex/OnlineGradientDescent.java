package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import dev.steelyard.online.wire.Options;
import java.util.List;

/** Projected online gradient descent, x <- project(x - eta g); the baseline of every other method here. */
public final class OnlineGradientDescent implements IterativeOptimizer {

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
    public double[] iterate() {
        return point.clone();
    }

    @Override
    public void moveTo(double[] iterate) {
        point = IterativeOptimizer.requireWithin(domain, iterate);
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

    /** Makes this optimiser from JSON options. */
    public static final class Factory extends ConvexFactory {
        public Factory() {
            super(
                    "online-gradient-descent",
                    "Plays points and learns from gradients by projected gradient descent; the plain choice for losses that"
                            + " curve at their least point.",
                    List.of(
                            new Option(
                                    "step",
                                    "string",
                                    false,
                                    "adagrad (default, D/sqrt(2 sum |g|^2)), inverse_root (D/(G sqrt t)), strongly_convex"
                                            + " (1/(lambda t)) or fixed"),
                            new Option("gradient_bound", "number", false, "G of inverse_root, above 0"),
                            new Option("lambda", "number", false, "of strongly_convex, above 0"),
                            new Option("size", "number", false, "of fixed, above 0")));
        }

        @Override
        protected OnlineOptimizer optimizer(Domain domain, Hint hint, Options options) {
            DescentStep step =
                    switch (options.text("step", "adagrad")) {
                        case "adagrad" -> new DescentStep.AdaGradNorm(domain.diameter());
                        case "inverse_root" ->
                            new DescentStep.InverseRoot(domain.diameter(), options.number("gradient_bound", 0));
                        case "strongly_convex" -> new DescentStep.StronglyConvex(options.number("lambda", 0));
                        case "fixed" -> new DescentStep.Fixed(options.number("size", 0));
                        default ->
                            throw new IllegalArgumentException("option 'step' must be adagrad, inverse_root,"
                                    + " strongly_convex or fixed, not '" + options.text("step", "") + "'");
                    };
            return new OnlineGradientDescent(domain, step);
        }
    }
}
