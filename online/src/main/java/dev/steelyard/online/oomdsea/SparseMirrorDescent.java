package dev.steelyard.online.oomdsea;

import dev.steelyard.core.state.State;
import dev.steelyard.online.convex.Domain;
import dev.steelyard.online.convex.SparseIterate;
import dev.steelyard.online.convex.SparseOptimizer;
import dev.steelyard.online.convex.SparseVector;

/**
 * {@link OptimisticMirrorDescent} for sparse gradients: the same points up to rounding, at the cost of the gradient's and
 * the last gradient's entries a round. On balls, whose projections are scalings, and on boxes, also with an l1 term.
 */
public final class SparseMirrorDescent implements SparseOptimizer {

    private final Domain domain;
    private final StepSchedule schedule;
    private final boolean optimistic;
    private final GradientWatch watch;
    private final SparseIterate auxiliary;
    private long round = 1;
    private SparseVector guess = SparseVector.ZERO;

    /**
     * @param optimistic whether the last gradient is the hint; else there is none, and this is gradient descent
     * @param l1 weight of the composite term, on boxes; 0 for none
     * @param start xh_1, a point of the domain; the weights of an earlier model for a warm start
     * @throws IllegalArgumentException if the start is not in the domain or there is no sparse step on it
     */
    public SparseMirrorDescent(Domain domain, StepSchedule schedule, boolean optimistic, double l1, double[] start) {
        this.domain = domain;
        this.schedule = schedule;
        this.optimistic = optimistic;
        this.watch = new GradientWatch(schedule.voidAbove());
        this.auxiliary = SparseIterate.of(domain, domain.requireStart(start), l1);
    }

    /** With the last gradient as hint, from the domain's centre. */
    public static SparseMirrorDescent of(Domain domain, StepSchedule schedule) {
        return new SparseMirrorDescent(domain, schedule, true, 0, domain.centre());
    }

    @Override
    public String name() {
        return "sparse-mirror-descent";
    }

    @Override
    public Domain domain() {
        return domain;
    }

    /** The step size of this round. */
    public double step() {
        return schedule.step(round, watch.variation(), watch.largest());
    }

    /** V, the sum of |g - M|^2 so far; its growth shows noise and drift. */
    public double variation() {
        return watch.variation();
    }

    /** How many gradients were longer than the schedule's bound, which voids the regret bound. */
    public long excesses() {
        return watch.excesses();
    }

    @Override
    public double score(SparseVector instance) {
        instance.requireWithin(domain.dimension());
        return auxiliary.dotAfter(guess, step(), instance);
    }

    @Override
    public void observe(SparseVector gradient) {
        gradient.requireWithin(domain.dimension());
        double norm = Math.sqrt(gradient.squaredNorm());
        // The first gradient itself bounds gradients of which nothing is known, as in the dense method.
        double largest = watch.largest() > 0 ? watch.largest() : norm;
        auxiliary.step(gradient, schedule.step(round, watch.variation(), largest));
        watch.observe(norm, gradient.squaredDistance(guess));
        guess = optimistic ? gradient : SparseVector.ZERO;
        round++;
    }

    @Override
    public double[] point() {
        return auxiliary.after(guess, step());
    }

    @Override
    public State snapshot() {
        return State.of(name())
                .put("round", round)
                .put("auxiliary", auxiliary.state())
                .put("watch", watch.state())
                .put("guess", guess.state());
    }

    @Override
    public void restore(State snapshot) {
        long savedRound = snapshot.require(name()).integer("round");
        SparseVector savedGuess = SparseVector.from(snapshot.state("guess"), domain.dimension());
        Runnable watchLater = watch.reader(snapshot.state("watch"));
        auxiliary.restore(snapshot.state("auxiliary"));
        watchLater.run();
        round = savedRound;
        guess = savedGuess;
    }
}
