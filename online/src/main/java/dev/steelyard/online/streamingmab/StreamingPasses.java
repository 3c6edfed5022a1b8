package dev.steelyard.online.streamingmab;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.PendingDecisions;
import java.util.function.Function;

/**
 * Pass after pass over streams that can be replayed: for an unknown horizon, in phases of T, 2T, 4T, ... pulls, and for the
 * next catalogue after a drift. Each pass is a {@link StreamingBandit} of its own; whoever offers the arms watches {@link
 * #pass} and begins again with the first arm when it has grown.
 *
 * <p>Until a new pass has an arm of its own, the arm that was kept by the pass before is pulled, if no arm waits. Rewards
 * that come after the end of their pass teach nothing. Doubling is derived, not the paper's; where arms do come only once,
 * declare an upper bound of the horizon instead.
 */
public final class StreamingPasses implements OnlineLearner<String, String, Double> {

    private static final String NAME = "streaming-passes";
    private static final int NO_PASS = -1;

    private final Function<StreamScale, Exploration> maker;
    private final boolean doubling;
    private StreamScale scale;
    private PendingDecisions<Pull> pending = new PendingDecisions<>();
    private StreamingBandit bandit;
    private int pass;
    private String previous = "";

    /** A pull, by its pass and its number in the pass; of no pass if the arm of the pass before was pulled meanwhile. */
    private record Pull(int pass, long decision) {}

    /**
     * @param first scale of the first pass
     * @param doubling whether a pass whose horizon is over is followed by one of twice the horizon; otherwise the kept arm
     *     is pulled on until {@link #begin}
     * @param exploration makes the exploration of a pass by its scale
     */
    public StreamingPasses(StreamScale first, boolean doubling, Function<StreamScale, Exploration> exploration) {
        this.scale = first;
        this.doubling = doubling;
        this.maker = exploration;
        this.bandit = new StreamingBandit(first, exploration.apply(first));
    }

    /** The pass, from 0. */
    public int pass() {
        return pass;
    }

    /** The bandit of the present pass. */
    public StreamingBandit current() {
        return bandit;
    }

    /** Begins a new pass, as for the next catalogue. */
    public void begin(StreamScale next) {
        previous = bandit.offered() > 0 ? bandit.selected() : previous;
        scale = next;
        bandit = new StreamingBandit(next, maker.apply(next));
        pass++;
    }

    /** Whether a waiting arm would be taken by the next decision. */
    public boolean needsArm() {
        return isOver() || bandit.needsArm();
    }

    private boolean isOver() {
        return doubling && bandit.pulls() >= scale.horizon();
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Decides a pull. Ask {@link #pass} before for the arm that waits: the decision that ends a pass takes its arm for the
     * next one.
     */
    @Override
    public Decision<String> decide(String waiting) {
        if (isOver()) {
            long horizon = Math.multiplyExact(2, scale.horizon());
            begin(new StreamScale(scale.arms(), horizon, scale.accuracy() / Math.cbrt(2), scale.factor()));
        }
        if (waiting == null && bandit.offered() == 0 && !previous.isEmpty()) {
            return new Decision<>(pending.open(new Pull(NO_PASS, 0)), previous, 1);
        }
        Decision<String> decision = bandit.decide(waiting);
        return new Decision<>(pending.open(new Pull(pass, decision.id())), decision.action(), decision.propensity());
    }

    @Override
    public void feedback(long decision, Double reward) {
        Pull pull = pending.get(decision);
        if (reward == null || !(reward >= 0 && reward <= 1)) {
            throw new InvalidOutcomeException(
                    "the reward of decision " + decision + " is " + reward + "; it must be in [0, 1]");
        }
        pending.close(decision);
        if (pull.pass() == pass) {
            bandit.feedback(pull.decision(), reward);
        }
    }

    @Override
    public void expire(long decision) {
        Pull pull = pending.close(decision);
        if (pull.pass() == pass) {
            bandit.expire(pull.decision());
        }
    }

    @Override
    public int pending() {
        return pending.size();
    }

    @Override
    public State snapshot() {
        return State.of(NAME)
                .put("bandit", bandit.snapshot())
                .put("pass", pass)
                .put("previous", previous)
                .put("arms", scale.arms())
                .put("horizon", scale.horizon())
                .put("accuracy", scale.accuracy())
                .put("factor", scale.factor())
                .put("pending", pending.state(pull -> State.of("pull")
                        .put("pass", pull.pass())
                        .put("decision", pull.decision())));
    }

    @Override
    public void restore(State snapshot) {
        StreamScale savedScale = new StreamScale(
                snapshot.require(NAME).integer("arms"),
                snapshot.integer("horizon"),
                snapshot.number("accuracy"),
                snapshot.number("factor"));
        StreamingBandit savedBandit = new StreamingBandit(savedScale, maker.apply(savedScale));
        savedBandit.restore(snapshot.state("bandit"));
        int savedPass = snapshot.smallInteger("pass");
        String savedPrevious = snapshot.text("previous");
        PendingDecisions<Pull> savedPending = PendingDecisions.from(
                snapshot.state("pending"), pull -> new Pull(pull.smallInteger("pass"), pull.integer("decision")));
        scale = savedScale;
        bandit = savedBandit;
        pass = savedPass;
        previous = savedPrevious;
        pending = savedPending;
    }
}
