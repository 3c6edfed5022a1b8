package dev.steelyard.online.wtb;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.PendingDecisions;
import dev.steelyard.online.bandit.BanditLearner;
import java.util.Arrays;

/**
 * Successive elimination with burn-in: plays each arm that is left M + 2^s times in a row in epoch s, ignores the first M
 * losses, which load the memory, and drops arms whose later losses are surely not the lowest.
 *
 * <p>One instance serves one user or cohort, whose memory it is. While losses are late the arm in turn is played on, which
 * is harmless: exposure continues; each loss belongs to its own play, whenever it comes. The schedule is deterministic:
 * every propensity is 1, and such a log cannot evaluate other policies by inverse propensities.
 *
 * <p>Malik, Igoe, Li, Singh: Weighted Tallying Bandits, ICML 2023, arXiv 2305.02955. The exact schedule and constants
 * deliver the paper's rate and may not be the paper's own.
 */
public final class RepeatedExposureBandit implements BanditLearner {

    private static final String NAME = "repeated-exposure";

    private final RepeatedExposureOptions options;
    private final PlateauStatistics statistics;
    private final boolean pooled;
    private final RestorableRandom random;
    private PendingDecisions<Play> pending = new PendingDecisions<>();
    private int[] active;
    private long plays;
    private long reopened;
    private int epoch = 1;
    private int position;
    private int lastArm = -1;
    /** How often the last arm was played in a row. */
    private long inRow;

    private Turn turn;
    private long turns;
    private boolean shortMemory;

    /** What a play was for. */
    public enum Phase {
        /** The memory is being loaded; losses do not count. */
        BURN_IN,
        /** Losses count. */
        RECORD,
        /** One arm is left, or the horizon is over. */
        COMMITTED
    }

    /** A play that waits for its loss; {@code recorded} is its number in the block's window, or -1. */
    private record Play(int arm, long block, long recorded) {}

    public RepeatedExposureBandit(RepeatedExposureOptions options) {
        this(options, 0);
    }

    /** @param seed of {@link EpochOrder#RANDOM}; nothing else is drawn */
    public RepeatedExposureBandit(RepeatedExposureOptions options, long seed) {
        this(options, new PlateauStatistics(options), false, seed);
    }

    /** @param pooled whether the statistics are shared with other users' bandits, and saved by their pool */
    RepeatedExposureBandit(RepeatedExposureOptions options, PlateauStatistics statistics, boolean pooled, long seed) {
        this.options = options;
        this.statistics = statistics;
        this.pooled = pooled;
        this.random = new RestorableRandom(seed);
        open();
    }

    /** All arms come back, or of those of a pool the ones that others have left. */
    final void open() {
        if (!pooled) {
            statistics.clear();
        }
        int[] all = new int[options.arms()];
        Arrays.setAll(all, arm -> arm);
        active = statistics.survivors(all);
        epoch = 1;
        position = 0;
        turn = null;
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
    public Decision<Integer> decide(Void context) {
        if (options.reopenEvery() > 0 && plays - reopened >= options.reopenEvery() && plays < options.horizon()) {
            reopened = plays;
            open();
        }
        boolean drawn = turn == null && !isCommitted() && options.epochOrder() == EpochOrder.RANDOM;
        double propensity = drawn ? 1.0 / (active.length - position) : 1;
        Play play = next();
        plays++;
        inRow = play.arm() == lastArm ? inRow + 1 : 1;
        lastArm = play.arm();
        return new Decision<>(pending.open(play), play.arm(), propensity);
    }

    private Play next() {
        if (isCommitted()) {
            return new Play(recommendation(), -1, -1);
        }
        if (turn == null) {
            beginTurn();
        }
        if (turn.burnIn > 0) {
            turn.burnIn--;
            return new Play(turn.arm, turn.number, -1);
        }
        if (turn.decided < turn.window) {
            return new Play(turn.arm, turn.number, turn.decided++);
        }
        // The window's losses are late: the exposure goes on.
        return new Play(turn.arm, turn.number, -1);
    }

    private void beginTurn() {
        if (options.epochOrder() == EpochOrder.RANDOM) {
            int drawn = position + random.nextInt(active.length - position);
            int arm = active[drawn];
            active[drawn] = active[position];
            active[position] = arm;
        }
        int arm = active[position];
        turn = new Turn(turns++, arm, window(), isLoaded(arm) ? 0 : options.memory());
    }

    private long window() {
        return 1L << Math.min(epoch, 62);
    }

    private boolean isLoaded(int arm) {
        return options.skipBurnIn() && arm == lastArm && inRow >= options.memory();
    }

    private boolean isCommitted() {
        return active.length == 1 || plays >= options.horizon();
    }

    /** What the next play is for; burn-in where it depends on a turn that is not drawn yet. */
    public Phase phase() {
        if (isCommitted()) {
            return Phase.COMMITTED;
        }
        boolean drawn = turn == null && options.epochOrder() == EpochOrder.RANDOM;
        boolean loads = turn == null ? options.memory() > 0 && (drawn || !isLoaded(active[position])) : turn.burnIn > 0;
        return loads ? Phase.BURN_IN : Phase.RECORD;
    }

    /** The turn that the next play belongs to, for logs. */
    public ExposureTurn turn() {
        if (isCommitted()) {
            return new ExposureTurn(-1, recommendation(), Phase.COMMITTED, options.memory(), 0);
        }
        if (turn != null) {
            return new ExposureTurn(turn.number, turn.arm, phase(), options.memory(), turn.window);
        }
        int arm = options.epochOrder() == EpochOrder.RANDOM ? -1 : active[position];
        return new ExposureTurn(turns, arm, phase(), options.memory(), window());
    }

    @Override
    public void feedback(long decision, Double loss) {
        Play play = pending.get(decision);
        if (loss == null) {
            throw new InvalidOutcomeException("the loss of decision " + decision + " is missing");
        }
        InvalidOutcomeException.requireUnitLoss(decision, loss);
        pending.close(decision);
        if (isRecorded(play)) {
            statistics.add(play.arm(), loss);
            turn.record(play.recorded(), loss);
            settle();
        }
    }

    @Override
    public void expire(long decision) {
        if (isRecorded(pending.close(decision))) {
            settle();
        }
    }

    /** Plays of an arm's turn that is over, as after all arms came back, teach nothing any more. */
    private boolean isRecorded(Play play) {
        return play.recorded() >= 0 && turn != null && turn.number == play.block();
    }

    private void settle() {
        turn.settled++;
        if (turn.settled < turn.window) {
            return;
        }
        shortMemory |= turn.drifts();
        turn = null;
        position++;
        if (position == active.length) {
            eliminate();
            epoch++;
            position = 0;
        }
    }

    private void eliminate() {
        active = statistics.survivors(active);
        for (int i = 1; options.epochOrder() == EpochOrder.PREVIOUS_ARM_FIRST && i < active.length; i++) {
            if (active[i] == lastArm) {
                System.arraycopy(active, 0, active, 1, i);
                active[0] = lastArm;
            }
        }
    }

    /**
     * Says that exposure was interrupted: the next M plays load the memory again and do not count. Without effect once
     * committed.
     */
    public void gap() {
        if (turn != null) {
            turn.burnIn = options.memory();
        }
        lastArm = -1;
    }

    /** The arms that are left, in the order of their turns. */
    public int[] activeArms() {
        return active.clone();
    }

    /** The mean of an arm's recorded losses; NaN before any. */
    public double mean(int arm) {
        return statistics.mean(arm);
    }

    /** How far an arm's mean may be off: c sqrt(ln(2 K max(1, log2 T)/delta) / (2 N)); infinite before any loss. */
    public double radius(int arm) {
        return statistics.radius(arm);
    }

    /** How many of an arm's losses were recorded. */
    public long recorded(int arm) {
        return statistics.count(arm);
    }

    /** The epoch, from 1. */
    public int epoch() {
        return epoch;
    }

    /** How many plays were decided. */
    public long plays() {
        return plays;
    }

    /**
     * Whether in some turn the first and the second half of the recorded losses differed by more than three standard
     * errors, which suggests that the memory is longer than M.
     */
    public boolean suspectsLongerMemory() {
        return shortMemory;
    }

    @Override
    public int recommendation() {
        return statistics.best(active);
    }

    @Override
    public int pending() {
        return pending.size();
    }

    /** Everything; of a pooled bandit all but the shared statistics, which the pool saves. */
    @Override
    public State snapshot() {
        State state = State.of(NAME)
                .put("random", random.state())
                .put("active", active)
                .put("plays", plays)
                .put("reopened", reopened)
                .put("epoch", epoch)
                .put("position", position)
                .put("lastArm", lastArm)
                .put("inRow", inRow)
                .put("turns", turns)
                .put("shortMemory", shortMemory)
                .put("pending", pending.state(play -> State.of("play")
                        .put("arm", play.arm())
                        .put("block", play.block())
                        .put("recorded", play.recorded())));
        if (!pooled) {
            state.put("statistics", statistics.state());
        }
        if (turn != null) {
            state.put("turn", turn.state());
        }
        return state;
    }

    @Override
    public void restore(State snapshot) {
        load(snapshot).run();
    }

    /** Reads what {@link #snapshot} wrote and gives what puts it in place. */
    Runnable load(State snapshot) {
        int[] savedActive = Arrays.stream(snapshot.require(NAME).integers("active"))
                .mapToInt(Math::toIntExact)
                .toArray();
        State savedRandom = snapshot.state("random");
        long savedPlays = snapshot.integer("plays");
        long savedReopened = snapshot.integer("reopened");
        int savedEpoch = snapshot.smallInteger("epoch");
        int savedPosition = snapshot.smallInteger("position");
        int savedLastArm = snapshot.smallInteger("lastArm");
        // States of old had no such count; their arm is taken as loaded, as it was then.
        long savedInRow = snapshot.has("inRow") ? snapshot.integer("inRow") : Long.MAX_VALUE / 2;
        long savedTurns = snapshot.integer("turns");
        boolean savedShortMemory = snapshot.flag("shortMemory");
        PendingDecisions<Play> savedPending = PendingDecisions.from(
                snapshot.state("pending"),
                play -> new Play(play.smallInteger("arm"), play.integer("block"), play.integer("recorded")));
        Turn savedTurn = snapshot.has("turn") ? Turn.from(snapshot.state("turn")) : null;
        Runnable savedStatistics = pooled ? () -> {} : statistics.load(snapshot.state("statistics"));
        return () -> {
            random.restore(savedRandom);
            savedStatistics.run();
            active = savedActive;
            plays = savedPlays;
            reopened = savedReopened;
            epoch = savedEpoch;
            position = savedPosition;
            lastArm = savedLastArm;
            inRow = savedInRow;
            turns = savedTurns;
            shortMemory = savedShortMemory;
            pending = savedPending;
            turn = savedTurn;
        };
    }
}
