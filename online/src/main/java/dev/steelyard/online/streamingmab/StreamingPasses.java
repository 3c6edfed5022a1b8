package dev.steelyard.online.streamingmab;

import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.OnlineLearner;
import dev.steelyard.online.Phases;
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

    private final Function<StreamScale, Exploration> maker;
    private final boolean doubling;
    private final Phases<String, String, Double, StreamingBandit> passes;
    private StreamScale scale;
    private String previous = "";

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
        this.passes = new Phases<>(bandit(first));
    }

    private StreamingBandit bandit(StreamScale measure) {
        return new StreamingBandit(measure, maker.apply(measure));
    }

    /** The pass, from 0. */
    public int pass() {
        return passes.number();
    }

    /** The bandit of the present pass. */
    public StreamingBandit current() {
        return passes.current();
    }

    /** Begins a new pass, as for the next catalogue. */
    public void begin(StreamScale next) {
        previous = current().offered() > 0 ? current().selected() : previous;
        scale = next;
        passes.begin(bandit(next));
    }

    /** Whether a waiting arm would be taken by the next decision. */
    public boolean needsArm() {
        return isOver() || current().needsArm();
    }

    private boolean isOver() {
        return doubling && current().pulls() >= scale.horizon();
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
        return waiting == null && current().offered() == 0 && !previous.isEmpty()
                ? passes.decideOutside(previous)
                : passes.decide(waiting);
    }

    @Override
    public void feedback(long decision, Double reward) {
        passes.requirePending(decision);
        if (reward == null || !(reward >= 0 && reward <= 1)) {
            throw new InvalidOutcomeException(
                    "the reward of decision " + decision + " is " + reward + "; it must be in [0, 1]");
        }
        passes.feedback(decision, reward);
    }

    @Override
    public void expire(long decision) {
        passes.expire(decision);
    }

    @Override
    public int pending() {
        return passes.pending();
    }

    @Override
    public State snapshot() {
        State state = State.of(NAME)
                .put("previous", previous)
                .put("arms", scale.arms())
                .put("horizon", scale.horizon())
                .put("accuracy", scale.accuracy())
                .put("factor", scale.factor());
        passes.save(state);
        return state;
    }

    @Override
    public void restore(State snapshot) {
        StreamScale savedScale = new StreamScale(
                snapshot.require(NAME).integer("arms"),
                snapshot.integer("horizon"),
                snapshot.number("accuracy"),
                snapshot.number("factor"));
        String savedPrevious = snapshot.text("previous");
        Runnable savedPasses = passes.load(snapshot, number -> bandit(savedScale));
        savedPasses.run();
        scale = savedScale;
        previous = savedPrevious;
    }
}
