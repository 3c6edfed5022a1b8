package dev.steelyard.online.streamingmab;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.PendingDecisions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A bandit over arms that arrive one by one. The context of a decision is the arm that waits to be tried, or null; it is
 * taken when the bandit {@link #needsArm() needs one} and waits otherwise. Rewards are in [0, 1], larger is better.
 *
 * <pre>{@code
 * StreamScale scale = StreamScale.of(50_000, 10_000_000);
 * var bandit = new StreamingBandit(scale, Tower.logLog(scale));
 * Decision<String> pull = bandit.decide(bandit.needsArm() ? nextArm() : null);
 * bandit.feedback(pull.id(), reward);
 * bandit.finish();                       // no more arms: commits
 * }</pre>
 *
 * <p>While the rewards of a batch are late, or no arm waits, the best kept arm is pulled; such pulls count to the horizon and
 * teach nothing. A batch closes when its rewards came or expired. Choices are deterministic given the state (whether a batch
 * was drawn is told by {@link Batch#probability}), so that propensities are 1 and the log cannot evaluate other policies, unless {@link StreamingOptions#mixing} draws some of them
 * among the stored arms. Means that drift are not covered; {@link #suspectsDrift} watches the kept arm's.
 *
 * <p>Wang: Tight Regret Bounds for Single-pass Streaming Multi-armed Bandits, ICML 2023, arXiv 2306.02208.
 */
public final class StreamingBandit implements OnlineLearner<String, String, Double> {

    private static final String NAME = "streaming-mab";

    private final Exploration exploration;
    private final StreamingOptions options;
    private final RestorableRandom random;
    private StreamScale scale;
    private KingWatch watch = new KingWatch();
    private PendingDecisions<Pull> pending = new PendingDecisions<>();
    private Batch batch;
    private long batchNumber;
    private long asked;
    private long settled;
    private long rewarded;
    private double sum;
    private long pulls;
    private long offered;
    private boolean finishing;
    private boolean comparing;
    private int mostStored;

    /** A pull that waits for its reward; {@code batch} is -1 if it teaches nothing. */
    private record Pull(String arm, long batch) {}

    /** Without mixing; more arms than declared are refused. */
    public StreamingBandit(StreamScale scale, Exploration exploration) {
        this(scale, exploration, StreamingOptions.DEFAULT, 0);
    }

    /**
     * @param exploration used by this bandit alone, and measured by the same scale
     * @param seed of the mixing
     */
    public StreamingBandit(StreamScale scale, Exploration exploration, StreamingOptions options, long seed) {
        this.scale = scale;
        this.exploration = exploration;
        this.options = options;
        this.random = new RestorableRandom(seed);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Whether a waiting arm would be taken now. */
    public boolean needsArm() {
        boolean room = offered < scale.arms() || options.extend() && scale.arms() < scale.horizon();
        return batch == null && !finishing && room && pulls < scale.horizon();
    }

    /**
     * Takes an arm.
     *
     * @throws IllegalStateException if none is needed now, the stream was finished, or as many came as were declared
     * @throws IllegalArgumentException if the arm is kept already
     */
    public void offer(String arm) {
        if (finishing) {
            throw new IllegalStateException("arm " + arm + " comes after the stream was finished");
        }
        if (offered >= scale.arms() && !options.extend()) {
            throw new IllegalStateException("arm " + arm + " is one more than the " + scale.arms()
                    + " that were declared; declare an upper bound of how many will come");
        }
        if (!needsArm()) {
            throw new IllegalStateException("arm " + arm + " must wait: "
                    + (batch == null ? "the horizon is over" : "arm " + batch.arm() + " is being tried"));
        }
        if (exploration.kept().contains(arm)) {
            throw new IllegalArgumentException("arm " + arm + " is kept already; each arm comes once");
        }
        if (offered == scale.arms()) {
            scale = scale.doubled();
            exploration.rescale(scale);
        }
        offered++;
        begin(exploration.offer(arm));
    }

    /** The stream is over: what was kept is compared, and the best is pulled from then on. */
    public void finish() {
        if (!finishing) {
            finishing = true;
            if (batch == null) {
                comparing = true;
                begin(exploration.finish());
            }
        }
    }

    private void begin(Optional<Batch> next) {
        batch = next.orElse(null);
        batchNumber++;
        asked = 0;
        settled = 0;
        rewarded = 0;
        sum = 0;
        // The arm being tried is stored too, unless it is one of the kept ones.
        mostStored = Math.max(mostStored, exploration.stored() + (batch == null ? 0 : 1));
    }

    /**
     * Decides a pull.
     *
     * @param waiting an arm that waits to be tried, or null
     * @throws IllegalStateException if there is no arm at all yet
     */
    @Override
    public Decision<String> decide(String waiting) {
        if (waiting != null && needsArm()) {
            offer(waiting);
        }
        Pull pull = pulls < scale.horizon() && batch != null && asked < batch.pulls()
                ? new Pull(batch.arm(), batchNumber)
                : new Pull(selected(), -1);
        double propensity = 1;
        if (options.mixing() > 0) {
            List<String> stored = new ArrayList<>(stored());
            String drawn =
                    random.nextDouble() < options.mixing() ? stored.get(random.nextInt(stored.size())) : pull.arm();
            propensity = options.mixing() / stored.size();
            if (drawn.equals(pull.arm())) {
                propensity += 1 - options.mixing();
            } else {
                pull = new Pull(drawn, -1);
            }
        }
        if (pull.batch() >= 0) {
            asked++;
        }
        pulls++;
        return new Decision<>(pending.open(pull), pull.arm(), propensity);
    }

    /** The arms that may be pulled now: those kept and the one being tried. */
    public Set<String> stored() {
        Set<String> stored = new LinkedHashSet<>(exploration.kept());
        if (batch != null) {
            stored.add(batch.arm());
        }
        exploration.best().ifPresent(stored::add);
        return stored;
    }

    @Override
    public void feedback(long decision, Double reward) {
        Pull pull = pending.get(decision);
        if (reward == null || !(reward >= 0 && reward <= 1)) {
            throw new InvalidOutcomeException("the reward of decision " + decision + " is " + reward
                    + "; it must be in [0, 1]: scale it by its known range");
        }
        pending.close(decision);
        if (pull.batch() == batchNumber && batch != null) {
            sum += reward;
            rewarded++;
            settle(1);
        } else if (exploration.best().map(pull.arm()::equals).orElse(false)) {
            watch.add(pull.arm(), reward, exploration.bestMean(), scale.accuracy());
        }
    }

    /**
     * Whether the kept arm's rewards since it was measured have drifted: in some window of 4/eps^2 pulls their mean was
     * further than eps from the mean by which the arm is kept. A new pass over the arms is due then: begin one with another
     * bandit, or by {@link StreamingPasses}.
     */
    public boolean suspectsDrift() {
        return exploration.best().map(watch::alarmed).orElse(false);
    }

    @Override
    public void expire(long decision) {
        if (pending.close(decision).batch() == batchNumber && batch != null) {
            settle(1);
        }
    }

    /**
     * Pulls the batch that is out, or what is left of it, all at once; for simulations and for arms whose rewards come in
     * bulk.
     *
     * @param source gives the mean reward of so many pulls of an arm
     * @return how many pulls were made; 0 if no batch is out
     * @throws InvalidOutcomeException if the mean is not in [0, 1]; nothing is changed then
     */
    public long pullBatch(BulkRewards source) {
        if (batch == null) {
            return 0;
        }
        long left = Math.min(batch.pulls() - asked, scale.horizon() - pulls);
        if (left > 0) {
            double mean = source.mean(batch.arm(), left);
            if (!(mean >= 0 && mean <= 1)) {
                throw new InvalidOutcomeException("the mean reward of " + left + " pulls of arm " + batch.arm() + " is "
                        + mean + "; it must be in [0, 1]: scale it by its known range");
            }
            asked += left;
            pulls += left;
            sum += mean * left;
            rewarded += left;
            settle(left);
        }
        return left;
    }

    /** Rewards of many pulls. */
    @FunctionalInterface
    public interface BulkRewards {
        /** The mean reward, in [0, 1]. */
        double mean(String arm, long pulls);
    }

    private void settle(long count) {
        settled += count;
        if (settled < batch.pulls()) {
            return;
        }
        // A batch of which every reward was lost counts as the worst.
        Optional<Batch> next = exploration.completed(batch, rewarded == 0 ? 0 : sum / rewarded);
        if (next.isEmpty() && finishing && !comparing) {
            comparing = true;
            next = exploration.finish();
        }
        begin(next);
    }

    /**
     * The arm that is kept: after {@link #finish} the one to commit to.
     *
     * @throws IllegalStateException if no arm came yet
     */
    public String selected() {
        return exploration
                .best()
                .or(() -> Optional.ofNullable(batch).map(Batch::arm))
                .orElseThrow(() -> new IllegalStateException("no arm has come yet; offer one first"));
    }

    /** Whether exploration is over: the stream is finished and compared, or the horizon is reached. */
    public boolean isCommitted() {
        return pulls >= scale.horizon() || finishing && batch == null;
    }

    /** The batch that is out. */
    public Optional<Batch> batch() {
        return Optional.ofNullable(batch);
    }

    /** The number of the batch that is out, for logs; a later batch has a higher one. Empty if none is out. */
    public OptionalLong batchNumber() {
        return batch == null ? OptionalLong.empty() : OptionalLong.of(batchNumber);
    }

    /** The number of the batch that a waiting pull was decided for; empty if its reward teaches nothing. */
    public OptionalLong batchNumber(long decision) {
        long number = pending.get(decision).batch();
        return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** How many pulls were decided. */
    public long pulls() {
        return pulls;
    }

    /** How many arms came. */
    public long offered() {
        return offered;
    }

    /** The most arms that were ever stored, the one being tried included. */
    public int mostStored() {
        return mostStored;
    }

    @Override
    public int pending() {
        return pending.size();
    }

    @Override
    public State snapshot() {
        State state = State.of(NAME)
                .put("exploration", exploration.state())
                .put("random", random.state())
                .put("watch", watch.state())
                .put("arms", scale.arms())
                .put("accuracy", scale.accuracy())
                .put("batchNumber", batchNumber)
                .put("asked", asked)
                .put("settled", settled)
                .put("rewarded", rewarded)
                .put("sum", sum)
                .put("pulls", pulls)
                .put("offered", offered)
                .put("finishing", finishing)
                .put("comparing", comparing)
                .put("mostStored", mostStored)
                .put("pending", pending.state(pull -> State.of("pull")
                        .put("arm", pull.arm())
                        .put("batch", pull.batch())));
        if (batch != null) {
            state.put(
                    "batch",
                    State.of("batch")
                            .put("arm", batch.arm())
                            .put("level", batch.level())
                            .put("pulls", batch.pulls())
                            .put("probability", batch.probability()));
        }
        return state;
    }

    @Override
    public void restore(State snapshot) {
        Runnable savedExploration = exploration.load(snapshot.require(NAME).state("exploration"));
        Batch savedBatch = snapshot.has("batch") ? batch(snapshot.state("batch")) : null;
        long savedBatchNumber = snapshot.integer("batchNumber");
        long savedAsked = snapshot.integer("asked");
        long savedSettled = snapshot.integer("settled");
        long savedRewarded = snapshot.integer("rewarded");
        double savedSum = snapshot.number("sum");
        long savedPulls = snapshot.integer("pulls");
        long savedOffered = snapshot.integer("offered");
        boolean savedFinishing = snapshot.flag("finishing");
        boolean savedComparing = snapshot.flag("comparing");
        int savedMostStored = snapshot.smallInteger("mostStored");
        PendingDecisions<Pull> savedPending = PendingDecisions.from(
                snapshot.state("pending"), pull -> new Pull(pull.text("arm"), pull.integer("batch")));
        StreamScale savedScale =
                new StreamScale(snapshot.integer("arms"), scale.horizon(), snapshot.number("accuracy"), scale.factor());
        if (savedScale.arms() != scale.arms() && !options.extend()) {
            throw new StateException(
                    "the saved state is of " + savedScale.arms() + " arms where " + scale.arms() + " were declared");
        }
        KingWatch savedWatch = KingWatch.from(snapshot.state("watch"));
        random.restore(snapshot.state("random"));
        savedExploration.run();
        scale = savedScale;
        exploration.rescale(scale);
        watch = savedWatch;
        batch = savedBatch;
        batchNumber = savedBatchNumber;
        asked = savedAsked;
        settled = savedSettled;
        rewarded = savedRewarded;
        sum = savedSum;
        pulls = savedPulls;
        offered = savedOffered;
        finishing = savedFinishing;
        comparing = savedComparing;
        mostStored = savedMostStored;
        pending = savedPending;
    }

    private static Batch batch(State saved) {
        // States of old had no such number; theirs was not told.
        double probability = saved.has("probability") ? saved.number("probability") : 1;
        return new Batch(saved.text("arm"), saved.smallInteger("level"), saved.integer("pulls"), probability);
    }
}
