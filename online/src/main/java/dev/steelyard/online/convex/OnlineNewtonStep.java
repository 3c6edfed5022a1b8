package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import dev.steelyard.online.wire.Options;
import java.util.List;

/**
 * The online Newton step for exp-concave losses: A = I / (gamma D)^2 + sum of g g^T, x <- project in A's norm of x -
 * A^-1 g / gamma, gamma = min(1 / (4 G D), alpha) / 2. E. Hazan, A. Agarwal, S. Kale, Machine Learning 69, 2007.
 */
public final class OnlineNewtonStep implements IterativeOptimizer {

    private final Domain domain;
    private final double gamma;
    private final SecondMoments moments;
    private double[] point;

    /**
     * @param gradientBound G, the largest norm of a gradient
     * @param alpha exp-concavity of the losses
     * @throws IllegalArgumentException if one of them is not above 0
     */
    public OnlineNewtonStep(Domain domain, double gradientBound, double alpha) {
        Vectors.requirePositive("gradientBound", gradientBound);
        Vectors.requirePositive("alpha", alpha);
        this.domain = domain;
        this.gamma = 0.5 * Math.min(1 / (4 * gradientBound * domain.diameter()), alpha);
        double scale = gamma * domain.diameter();
        this.moments = new SecondMoments(domain.dimension(), 1 / (scale * scale));
        this.point = domain.centre();
    }

    @Override
    public String name() {
        return "online-newton-step";
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
        moments.add(1, gradient);
        point = moments.step(domain, point, gradient, 1 / gamma);
    }

    @Override
    public State snapshot() {
        return State.of(name()).put("point", point).put("moments", moments.state());
    }

    @Override
    public void restore(State snapshot) {
        double[] savedPoint = snapshot.require(name()).doubles("point", domain.dimension());
        moments.restore(snapshot.state("moments"));
        point = savedPoint;
    }

    /** Makes this optimiser from JSON options. */
    public static final class Factory extends ConvexFactory {
        public Factory() {
            super(
                    "online-newton-step",
                    "Plays points and learns from the gradients of exp-concave losses, such as squares and logarithms.",
                    List.of(
                            new Option("gradient_bound", "number", true, "G, the largest norm of a gradient, above 0"),
                            new Option("alpha", "number", true, "exp-concavity, above 0")));
        }

        @Override
        protected OnlineOptimizer optimizer(Domain domain, Hint hint, Options options) {
            return new OnlineNewtonStep(domain, options.number("gradient_bound", 0), options.number("alpha", 0));
        }
    }
}
