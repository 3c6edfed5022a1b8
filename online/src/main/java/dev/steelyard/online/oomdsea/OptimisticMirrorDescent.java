package dev.steelyard.online.oomdsea;

import dev.steelyard.core.state.State;
import dev.steelyard.online.convex.Domain;
import dev.steelyard.online.convex.Hint;
import dev.steelyard.online.convex.IterativeOptimizer;
import dev.steelyard.online.convex.MirrorMap;
import dev.steelyard.online.convex.Vectors;

/**
 * Optimistic online mirror descent: plays x_t = step(xh_t, M_t), where M_t guesses the gradient, and after the gradient
 * moves xh_{t+1} = step(xh_t, g_t) with the same step size. Cases 1 (convex) and 2 (strongly convex) of the paper, by the
 * {@link StepSchedule}.
 *
 * <p>V, the sum of |g - M|^2, tells how noisy or drifting the losses are; a round costs O(d), the state does not grow.
 */
public final class OptimisticMirrorDescent implements IterativeOptimizer {

    private final MirrorMap map;
    private final StepSchedule schedule;
    private final Hint hint;
    private final GradientWatch watch;
    private double[] auxiliary;
    private long round = 1;
    private double[] guess;
    private double[] point;

    /** Euclidean, with the last gradient as hint, from the domain's centre. */
    public OptimisticMirrorDescent(Domain domain, StepSchedule schedule) {
        this(MirrorMap.euclidean(domain), schedule, Hint.lastGradient(), domain.centre());
    }

    /**
     * @param start xh_1, a point of the domain
     * @throws IllegalArgumentException if the start is not in the domain
     */
    public OptimisticMirrorDescent(MirrorMap map, StepSchedule schedule, Hint hint, double[] start) {
        this.auxiliary = map.domain().requireStart(start);
        this.map = map;
        this.schedule = schedule;
        this.hint = hint;
        this.watch = new GradientWatch(schedule.voidAbove());
    }

    @Override
    public String name() {
        return "optimistic-mirror-descent";
    }

    @Override
    public Domain domain() {
        return map.domain();
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

    /** xh_t. */
    public double[] auxiliary() {
        return auxiliary.clone();
    }

    /** The number of this round, from 1. */
    public long round() {
        return round;
    }

    @Override
    public double[] iterate() {
        return auxiliary.clone();
    }

    @Override
    public void moveTo(double[] iterate) {
        auxiliary = IterativeOptimizer.requireWithin(domain(), iterate);
        point = null;
    }

    @Override
    public double[] predict() {
        if (point == null) {
            guess = hint.guess(domain().dimension());
            point = map.step(auxiliary, guess, step());
        }
        return point.clone();
    }

    @Override
    public void observe(double[] gradient) {
        Vectors.requireGradient(gradient, domain().dimension());
        predict();
        // The first gradient itself bounds gradients of which nothing is known; the first point did not depend on the
        // step.
        double largest = watch.largest() > 0 ? watch.largest() : Vectors.norm(gradient);
        auxiliary = map.step(auxiliary, gradient, schedule.step(round, watch.variation(), largest));
        watch.observe(gradient, guess);
        hint.observe(gradient);
        round++;
        point = null;
    }

    @Override
    public State snapshot() {
        State state = State.of(name())
                .put("round", round)
                .put("auxiliary", auxiliary)
                .put("watch", watch.state())
                .put("hint", hint.state())
                .put("predicted", point != null);
        return point == null ? state : state.put("guess", guess).put("point", point);
    }

    @Override
    public void restore(State snapshot) {
        int dimension = domain().dimension();
        long savedRound = snapshot.require(name()).integer("round");
        double[] savedAuxiliary = snapshot.doubles("auxiliary", dimension);
        boolean predicted = snapshot.flag("predicted");
        double[] savedGuess = predicted ? snapshot.doubles("guess", dimension) : null;
        double[] savedPoint = predicted ? snapshot.doubles("point", dimension) : null;
        State savedHint = snapshot.state("hint");
        Runnable watchLater = watch.reader(snapshot.state("watch"));
        hint.restore(savedHint);
        watchLater.run();
        round = savedRound;
        auxiliary = savedAuxiliary;
        guess = savedGuess;
        point = savedPoint;
    }
}
