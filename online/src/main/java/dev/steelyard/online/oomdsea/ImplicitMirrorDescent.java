package dev.steelyard.online.oomdsea;

import dev.steelyard.core.state.State;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.convex.Domain;
import dev.steelyard.online.convex.ModelLoss;
import dev.steelyard.online.convex.Vectors;
import dev.steelyard.online.convex.WeightLearner;
import java.util.List;

/**
 * Optimistic mirror descent for losses that are not smooth, case 5 of the paper: xh_{t+1} minimises f_t(x) + |x -
 * xh_t|^2 / (2 eta_t), a proximal step in place of a gradient step. The step sizes are those of {@link
 * StepSchedule.Convex}; V sums sup |grad f_t - grad f_{t-1}|^2 over the domain, of which {@link
 * ModelLoss#largestSquaredGap} is an upper bound.
 *
 * <p>It learns losses of linear models, whose proximal step is known on every domain. A round costs O(d) while the domain
 * does not bind, else some tens of projections.
 */
public final class ImplicitMirrorDescent implements WeightLearner {

    /** How the played point follows from xh_t. */
    public enum Play {
        /** By a proximal step on the last loss, for which V's sup is what the analysis needs. */
        PROXIMAL,
        /** By a gradient step along the last subgradient, as for smooth losses. */
        GRADIENT
    }

    private final Domain domain;
    private final StepSchedule schedule;
    private final Play play;
    private final GradientWatch watch;
    private double[] auxiliary;
    private long round = 1;
    private ModelLoss last;
    private double[] guess;
    private double[] point;

    /** From the domain's centre. */
    public ImplicitMirrorDescent(Domain domain, StepSchedule schedule, Play play) {
        this.domain = domain;
        this.schedule = schedule;
        this.play = play;
        this.watch = new GradientWatch(schedule.voidAbove());
        this.auxiliary = domain.centre();
        this.guess = new double[domain.dimension()];
    }

    @Override
    public String name() {
        return "implicit-mirror-descent";
    }

    @Override
    public Domain domain() {
        return domain;
    }

    /** The step size of this round. */
    public double step() {
        return schedule.step(round, watch.variation(), watch.largest());
    }

    /** V so far. */
    public double variation() {
        return watch.variation();
    }

    /** xh_t. */
    public double[] auxiliary() {
        return auxiliary.clone();
    }

    @Override
    public double[] weights() {
        if (point == null) {
            if (last == null) {
                point = auxiliary.clone();
            } else if (play == Play.PROXIMAL) {
                point = last.proximal(domain, auxiliary, step());
            } else {
                point = domain.project(Vectors.plus(auxiliary, -step(), guess));
            }
        }
        return point.clone();
    }

    @Override
    public void learn(ModelLoss loss, double[] weights) {
        double[] gradient = Vectors.requireGradient(loss.gradient(weights), domain.dimension());
        weights();
        double gap = loss.largestSquaredGap(last, domain);
        // The first gradient itself bounds gradients of which nothing is known; the first point did not depend on the
        // step.
        double largest = watch.largest() > 0 ? watch.largest() : Vectors.norm(gradient);
        auxiliary = loss.proximal(domain, auxiliary, schedule.step(round, watch.variation(), largest));
        watch.observe(Vectors.norm(gradient), gap);
        last = loss;
        guess = gradient;
        round++;
        point = null;
    }

    /** One round an example, in turn: a sum of losses has no closed proximal step. */
    @Override
    public void learnBatch(List<ModelLoss> losses, double[] weights) {
        for (ModelLoss loss : losses) {
            if (loss.features().length != domain.dimension()) {
                throw new InvalidOutcomeException("an example of the batch has " + loss.features().length
                        + " features where there are " + domain.dimension() + " weights");
            }
        }
        losses.forEach(loss -> learn(loss, weights));
    }

    @Override
    public State snapshot() {
        State state = State.of(name())
                .put("round", round)
                .put("auxiliary", auxiliary)
                .put("guess", guess)
                .put("watch", watch.state())
                .put("begun", last != null)
                .put("predicted", point != null);
        if (last != null) {
            state.put("last", last.state());
        }
        return point == null ? state : state.put("point", point);
    }

    @Override
    public void restore(State snapshot) {
        int dimension = domain.dimension();
        long savedRound = snapshot.require(name()).integer("round");
        double[] savedAuxiliary = snapshot.doubles("auxiliary", dimension);
        double[] savedGuess = snapshot.doubles("guess", dimension);
        ModelLoss savedLast = snapshot.flag("begun") ? ModelLoss.from(snapshot.state("last"), dimension) : null;
        double[] savedPoint = snapshot.flag("predicted") ? snapshot.doubles("point", dimension) : null;
        watch.reader(snapshot.state("watch")).run();
        round = savedRound;
        auxiliary = savedAuxiliary;
        guess = savedGuess;
        last = savedLast;
        point = savedPoint;
    }
}
