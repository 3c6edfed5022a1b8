package dev.steelyard.online.oomdsea;

import dev.steelyard.core.state.State;
import dev.steelyard.online.convex.Domain;
import dev.steelyard.online.convex.Hint;
import dev.steelyard.online.convex.IterativeOptimizer;
import dev.steelyard.online.convex.SecondMoments;
import dev.steelyard.online.convex.Vectors;

/**
 * The optimistic online Newton step, case 3 of the paper, for exp-concave losses: both moves are in the norm of H_t = (h0
 * + beta/2 G^2) I + beta/2 sum of g_s g_s^T over the rounds before, beta = min(1 / (4 G D), alpha) / 2.
 *
 * <p>O(d^2) a round, and O(d^3) in rounds whose move leaves the domain.
 */
public final class OptimisticNewtonStep implements IterativeOptimizer {

    private final Domain domain;
    private final double beta;
    private final Hint hint;
    private final GradientWatch watch;
    private final SecondMoments moments;
    private double[] auxiliary;
    private double[] guess;
    private double[] point;

    /**
     * @param gradientBound G, above 0
     * @param alpha exp-concavity, above 0
     * @param smallest h0, above 0: 1 in the paper; see {@link #smallestFor}
     * @throws IllegalArgumentException if a value is out of range
     */
    public OptimisticNewtonStep(Domain domain, double gradientBound, double alpha, double smallest, Hint hint) {
        Vectors.requirePositive("gradientBound", gradientBound);
        Vectors.requirePositive("alpha", alpha);
        Vectors.requirePositive("h0", smallest);
        this.domain = domain;
        this.beta = 0.5 * Math.min(1 / (4 * gradientBound * domain.diameter()), alpha);
        this.hint = hint;
        this.watch = new GradientWatch(gradientBound);
        this.moments = new SecondMoments(domain.dimension(), smallest + beta / 2 * gradientBound * gradientBound);
        this.auxiliary = domain.centre();
    }

    /** With the last gradient as hint and h0 by {@link #smallestFor}. */
    public static OptimisticNewtonStep of(Domain domain, double gradientBound, double alpha, double smoothness) {
        return new OptimisticNewtonStep(domain, gradientBound, alpha, smallestFor(smoothness), Hint.lastGradient());
    }

    /**
     * The default h0 = max(1, 3.2 L). The paper's h0 = 1 is a step of size about 1, with which the optimistic move
     * oscillates when L is about 1; 3.2 is about sqrt 10, as in the convex case.
     */
    public static double smallestFor(double smoothness) {
        return Math.max(1, 3.2 * Vectors.requireNotNegative("smoothness", smoothness));
    }

    @Override
    public String name() {
        return "optimistic-newton-step";
    }

    @Override
    public Domain domain() {
        return domain;
    }

    /** beta of the formulas. */
    public double beta() {
        return beta;
    }

    /** V, the sum of |g - M|^2 so far. */
    public double variation() {
        return watch.variation();
    }

    /** How many gradients were longer than G. */
    public long excesses() {
        return watch.excesses();
    }

    /** H of this round. */
    public double[][] curvature() {
        return moments.matrix();
    }

    /** xh_t. */
    public double[] auxiliary() {
        return auxiliary.clone();
    }

    @Override
    public double[] iterate() {
        return auxiliary.clone();
    }

    @Override
    public void moveTo(double[] iterate) {
        auxiliary = IterativeOptimizer.requireWithin(domain, iterate);
        point = null;
    }

    @Override
    public double[] predict() {
        if (point == null) {
            guess = hint.guess(domain.dimension());
            point = moments.step(domain, auxiliary, guess, 1);
        }
        return point.clone();
    }

    @Override
    public void observe(double[] gradient) {
        Vectors.requireGradient(gradient, domain.dimension());
        predict();
        auxiliary = moments.step(domain, auxiliary, gradient, 1);
        moments.add(beta / 2, gradient);
        watch.observe(gradient, guess);
        hint.observe(gradient);
        point = null;
    }

    @Override
    public State snapshot() {
        State state = State.of(name())
                .put("auxiliary", auxiliary)
                .put("moments", moments.state())
                .put("watch", watch.state())
                .put("hint", hint.state())
                .put("predicted", point != null);
        return point == null ? state : state.put("guess", guess).put("point", point);
    }

    @Override
    public void restore(State snapshot) {
        int dimension = domain.dimension();
        double[] savedAuxiliary = snapshot.require(name()).doubles("auxiliary", dimension);
        boolean predicted = snapshot.flag("predicted");
        double[] savedGuess = predicted ? snapshot.doubles("guess", dimension) : null;
        double[] savedPoint = predicted ? snapshot.doubles("point", dimension) : null;
        State savedHint = snapshot.state("hint");
        Runnable watchLater = watch.reader(snapshot.state("watch"));
        moments.restore(snapshot.state("moments"));
        hint.restore(savedHint);
        watchLater.run();
        auxiliary = savedAuxiliary;
        guess = savedGuess;
        point = savedPoint;
    }
}
