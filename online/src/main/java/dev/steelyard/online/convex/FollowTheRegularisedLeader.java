package dev.steelyard.online.convex;

import dev.steelyard.core.state.State;
import dev.steelyard.online.wire.Options;
import java.util.ArrayList;
import java.util.List;

/**
 * Follow the regularised leader, optimistic or not: x_t minimises {@code <sum of gradients + hint, x>} + |x - c|^2 /
 * eta_t over the domain, c its centre, which is project(c - eta_t / 2 (sum + hint)). The step is eta_t = D^2 / (nu +
 * sum of eta_s |g_s - M_s|^2).
 *
 * <p>S. Sachs, H. Hadiji, T. van Erven, C. Guzmán, Between Stochastic and Adversarial Online Convex Optimization:
 * Improved Regret Bounds via Smoothness, NeurIPS 2022. With {@link Hint#none} it is the plain method with an adaptive
 * step.
 */
public final class FollowTheRegularisedLeader implements OnlineOptimizer {

    private final Domain domain;
    private final double diameter;
    private final double nu;
    private final Hint hint;
    private final CompensatedSum weighted = new CompensatedSum();
    private double[] sum;
    private double[] guess;
    private double[] point;

    /**
     * @param nu L D^2 + D G, for smoothness L and gradients of norm at most G
     * @throws IllegalArgumentException if {@code nu} is not above 0
     */
    public FollowTheRegularisedLeader(Domain domain, double nu, Hint hint) {
        this.domain = domain;
        this.diameter = domain.diameter();
        this.nu = Vectors.requirePositive("nu", nu);
        this.hint = hint;
        this.sum = new double[domain.dimension()];
    }

    /** The optimistic one with its paper's nu = L D^2 + D G and the last gradient as hint. */
    public static FollowTheRegularisedLeader optimistic(Domain domain, double smoothness, double gradientBound) {
        double diameter = domain.diameter();
        return new FollowTheRegularisedLeader(
                domain, smoothness * diameter * diameter + diameter * gradientBound, Hint.lastGradient());
    }

    @Override
    public String name() {
        return "follow-the-regularised-leader";
    }

    @Override
    public Domain domain() {
        return domain;
    }

    /** The step of this round. */
    public double step() {
        return diameter * diameter / (nu + weighted.value());
    }

    @Override
    public double[] predict() {
        if (point == null) {
            guess = hint.guess(domain.dimension());
            point = domain.project(Vectors.plus(domain.centre(), -step() / 2, Vectors.plus(sum, 1, guess)));
        }
        return point.clone();
    }

    @Override
    public void observe(double[] gradient) {
        Vectors.requireGradient(gradient, domain.dimension());
        predict();
        weighted.add(step() * Vectors.squaredDistance(gradient, guess));
        sum = Vectors.plus(sum, 1, gradient);
        hint.observe(gradient);
        point = null;
    }

    @Override
    public State snapshot() {
        State state = State.of(name())
                .put("sum", sum)
                .put("weighted", weighted.parts())
                .put("hint", hint.state())
                .put("predicted", point != null);
        return point == null ? state : state.put("guess", guess).put("point", point);
    }

    @Override
    public void restore(State snapshot) {
        int dimension = domain.dimension();
        double[] savedSum = snapshot.require(name()).doubles("sum", dimension);
        double[] savedWeighted = CompensatedSum.parts(snapshot, "weighted");
        boolean predicted = snapshot.flag("predicted");
        double[] savedGuess = predicted ? snapshot.doubles("guess", dimension) : null;
        double[] savedPoint = predicted ? snapshot.doubles("point", dimension) : null;
        hint.restore(snapshot.state("hint"));
        sum = savedSum;
        weighted.restore(savedWeighted);
        guess = savedGuess;
        point = savedPoint;
    }

    /** Makes this optimiser from JSON options. */
    public static final class Factory extends ConvexFactory {
        public Factory() {
            super(
                    "follow-the-regularised-leader",
                    "Plays the best point for all gradients so far and the guessed next one, regularised by how wrong the"
                            + " guesses were.",
                    own());
        }

        private static List<Option> own() {
            List<Option> own = new ArrayList<>(List.of(
                    new Option("gradient_bound", "number", true, "G, the largest norm of a gradient, above 0"),
                    new Option("smoothness", "number", false, "L of the losses' means; default 0, linear")));
            own.addAll(HintJson.OPTIONS);
            return own;
        }

        @Override
        protected OnlineOptimizer optimizer(Domain domain, Hint hint, Options options) {
            double bound = Vectors.requirePositive("gradient_bound", options.number("gradient_bound", 0));
            double smoothness = Vectors.requireNotNegative("smoothness", options.number("smoothness", 0));
            double diameter = domain.diameter();
            return new FollowTheRegularisedLeader(domain, smoothness * diameter * diameter + diameter * bound, hint);
        }
    }
}
