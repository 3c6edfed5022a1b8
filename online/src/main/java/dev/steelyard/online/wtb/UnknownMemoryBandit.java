package dev.steelyard.online.wtb;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.Phases;
import dev.steelyard.online.bandit.BanditLearner;

/**
 * Repeated exposure where no bound of the memory is known: phase j plays {@link RepeatedExposureBandit} anew with M twice
 * that of the phase before. A phase is four times as long as the one before it, so that burn-in stays a vanishing share,
 * and ends early where the losses of a turn drift, which shows that M is too small. The phases' memory and length are
 * derived, not the paper's.
 *
 * <p>What a phase has learnt is forgotten with it, for too small an M biases it. Losses that come after the end of their
 * phase teach nothing.
 */
public final class UnknownMemoryBandit implements BanditLearner {

    private static final String NAME = "unknown-memory";
    private static final int MOST_DOUBLINGS = 30;

    /** Plays of the first phase per arm, by default. */
    public static final int FIRST_PHASE = 16;

    private final RepeatedExposureOptions options;
    private final long firstPhase;
    private long seed;
    private final Phases<Void, Integer, Double, RepeatedExposureBandit> phases;
    private long begun;
    private long plays;

    /**
     * @param options of the phases; their memory is that of the first, at least 1
     * @param firstPhase plays of the first phase, at least 1; {@link #FIRST_PHASE} times the arms is usual
     * @param seed of {@link EpochOrder#RANDOM}
     */
    public UnknownMemoryBandit(RepeatedExposureOptions options, long firstPhase, long seed) {
        if (options.memory() < 1) {
            throw new IllegalArgumentException("memory must be at least 1 to be doubled, not " + options.memory());
        }
        if (firstPhase < 1) {
            throw new IllegalArgumentException("firstPhase must be at least 1, not " + firstPhase);
        }
        this.options = options;
        this.firstPhase = firstPhase;
        this.seed = seed;
        this.phases = new Phases<>(bandit(0, options.horizon(), seed));
    }

    private RepeatedExposureBandit bandit(int number, long left, long root) {
        return new RepeatedExposureBandit(
                RepeatedExposureOptionsBuilder.builder(options)
                        .memory(memory(number))
                        .horizon(Math.max(1, Math.min(left, length(number))))
                        .build(),
                root + number);
    }

    private int memory(int number) {
        return (int) Math.min(Integer.MAX_VALUE, (long) options.memory() << Math.min(number, MOST_DOUBLINGS));
    }

    private long length(int number) {
        return 2 * number + 1 >= Long.numberOfLeadingZeros(firstPhase) ? Long.MAX_VALUE : firstPhase << (2 * number);
    }

    /** M of the present phase. */
    public int memory() {
        return memory(phases.number());
    }

    /** The phase, from 0. */
    public int phase() {
        return phases.number();
    }

    /** The bandit of the present phase. */
    public RepeatedExposureBandit current() {
        return phases.current();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int arms() {
        return options.arms();
    }

    @Override
    public int recommendation() {
        return current().recommendation();
    }

    @Override
    public Decision<Integer> decide(Void context) {
        boolean over = plays - begun >= length(phase()) || current().suspectsLongerMemory();
        if (over && plays < options.horizon() && arms() > 1) {
            begun = plays;
            phases.begin(bandit(phase() + 1, options.horizon() - plays, seed));
        }
        plays++;
        return phases.decide(context);
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

    /** Says that exposure was interrupted, as {@link RepeatedExposureBandit#gap} does. */
    public void gap() {
        current().gap();
    }

    @Override
    public int pending() {
        return phases.pending();
    }

    @Override
    public State snapshot() {
        State state = State.of(NAME).put("seed", seed).put("begun", begun).put("plays", plays);
        phases.save(state);
        return state;
    }

    @Override
    public void restore(State snapshot) {
        long savedSeed = snapshot.require(NAME).integer("seed");
        long savedBegun = snapshot.integer("begun");
        long savedPlays = snapshot.integer("plays");
        Runnable savedPhases =
                phases.load(snapshot, number -> bandit(number, options.horizon() - savedBegun, savedSeed));
        savedPhases.run();
        seed = savedSeed;
        begun = savedBegun;
        plays = savedPlays;
    }
}
