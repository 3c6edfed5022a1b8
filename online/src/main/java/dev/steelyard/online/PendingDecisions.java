package dev.steelyard.online;

import dev.steelyard.core.state.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The decisions that wait for their feedback, each with what its feedback will need.
 *
 * @param <P> what is kept with a decision
 */
public final class PendingDecisions<P> {

    private final Map<Long, P> open = new LinkedHashMap<>();
    private long next;

    /** Keeps what a new decision's feedback will need; gives the decision's id. */
    public long open(P kept) {
        open.put(next, kept);
        return next++;
    }

    /**
     * What was kept with a pending decision, which stays pending.
     *
     * @throws UnknownDecisionException if it is not pending
     */
    public P get(long decision) {
        P kept = open.get(decision);
        if (kept == null) {
            throw unknown(decision);
        }
        return kept;
    }

    /**
     * What was kept with a decision, which is no longer pending.
     *
     * @throws UnknownDecisionException if it is not pending
     */
    public P close(long decision) {
        P kept = open.remove(decision);
        if (kept == null) {
            throw unknown(decision);
        }
        return kept;
    }

    /** How many are pending. */
    public int size() {
        return open.size();
    }

    /** How many decisions were ever made; the next one's id. */
    public long made() {
        return next;
    }

    /** The pending decisions and the counter. */
    public State state(Function<P, State> write) {
        List<State> kept = new ArrayList<>();
        long[] ids = new long[open.size()];
        int i = 0;
        for (Map.Entry<Long, P> entry : open.entrySet()) {
            ids[i++] = entry.getKey();
            kept.add(write.apply(entry.getValue()));
        }
        return State.of("pending").put("next", next).put("ids", ids).put("kept", kept);
    }

    /** Reads what {@link #state} wrote. */
    public static <P> PendingDecisions<P> from(State saved, Function<State, P> read) {
        PendingDecisions<P> pending = new PendingDecisions<>();
        pending.next = saved.require("pending").integer("next");
        List<P> kept = saved.states("kept", read);
        long[] ids = saved.integers("ids", kept.size());
        for (int i = 0; i < ids.length; i++) {
            pending.open.put(ids[i], kept.get(i));
        }
        return pending;
    }

    private UnknownDecisionException unknown(long decision) {
        return new UnknownDecisionException(
                decision >= 0 && decision < next
                        ? "decision " + decision + " had its feedback or expired; feedback is counted once"
                        : "decision " + decision + " was never made; " + next + " were made, counted from 0");
    }
}
