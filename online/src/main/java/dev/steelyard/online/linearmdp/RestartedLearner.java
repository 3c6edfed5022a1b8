package dev.steelyard.online.linearmdp;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.Phases;
import dev.steelyard.online.Policy;
import java.util.function.LongFunction;

/**
 * A learner that begins anew between episodes, for transitions that change: losses may change from episode to episode as
 * they like, but all guarantees are for transitions that stay. Losses that come after a restart for an episode before it
 * teach nothing.
 */
public final class RestartedLearner implements OnlineLearner<MdpState, Integer, Double>, Policy<MdpState, Integer> {

    private static final String NAME = "linear-mdp-restarted";

    private final LongFunction<? extends EpisodicLearner> maker;
    private final long every;
    private long seed;
    private final Phases<MdpState, Integer, Double, EpisodicLearner> phases;

    /**
     * @param maker of a phase's learner, by its seed; with options for as many episodes as a phase has
     * @param every episodes of a phase, at least 1; 0 to begin anew by {@link #restart} only
     * @param seed of the first phase; each further one has the next
     */
    public RestartedLearner(LongFunction<? extends EpisodicLearner> maker, long every, long seed) {
        if (every < 0) {
            throw new IllegalArgumentException("every must be at least 0, not " + every);
        }
        this.maker = maker;
        this.every = every;
        this.seed = seed;
        this.phases = new Phases<>(maker.apply(seed));
    }

    /** The learner of the present phase. */
    public EpisodicLearner current() {
        return phases.current();
    }

    /** The present phase, from 0. */
    public int phase() {
        return phases.number();
    }

    /**
     * Forgets all that was learnt.
     *
     * @throws IllegalStateException if an episode runs
     */
    public void restart() {
        if (current().running() != null) {
            throw new IllegalStateException("an episode runs; begin anew between episodes");
        }
        phases.begin(maker.apply(seed + phase() + 1));
    }

    private boolean isDue() {
        return every > 0 && current().episodes() >= every && current().running() == null;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Decision<Integer> decide(MdpState state) {
        if (state.layer() == 0 && isDue()) {
            restart();
        }
        return phases.decide(state);
    }

    /** As {@link EpisodicLearner#probability}, of the phase that the next episode would be of. */
    @Override
    public double probability(MdpState state, Integer action) {
        EpisodicLearner next = isDue() ? maker.apply(seed + phase() + 1) : current();
        return next.probability(state, action);
    }

    @Override
    public void feedback(long decision, Double loss) {
        phases.requirePending(decision);
        InvalidOutcomeException.requireUnitLoss(decision, loss == null ? Double.NaN : loss);
        phases.feedback(decision, loss);
    }

    @Override
    public void expire(long decision) {
        phases.expire(decision);
    }

    @Override
    public int pending() {
        return phases.pending();
    }

    @Override
    public State snapshot() {
        State state = State.of(NAME).put("seed", seed);
        phases.save(state);
        return state;
    }

    @Override
    public void restore(State snapshot) {
        long savedSeed = snapshot.require(NAME).integer("seed");
        phases.load(snapshot, number -> maker.apply(savedSeed + number)).run();
        seed = savedSeed;
    }
}
