package dev.steelyard.online;

import dev.steelyard.core.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The decisions that wait for their feedback, each with what its feedback will need. Memory is for those that wait, not for
 * all since the oldest: an open-addressed table by the decision's number, so that a decision costs no object of its own
 * here.
 *
 * @param <P> what is kept with a decision
 */
public final class PendingDecisions<P> {

    private static final int SMALLEST_ROOM = 16;

    private long[] ids = new long[SMALLEST_ROOM];
    /** What is kept with the decision in the same slot; null where the slot is free. */
    private Object[] kept = new Object[SMALLEST_ROOM];

    private int size;
    private long next;

    /** Keeps what a new decision's feedback will need; gives the decision's id. */
    public long open(P what) {
        put(next, what);
        return next++;
    }

    private void put(long id, Object what) {
        if (what == null) {
            throw new NullPointerException("what is kept with decision " + id);
        }
        if (2 * (size + 1) > ids.length) {
            grow();
        }
        int slot = slot(id);
        size += kept[slot] == null ? 1 : 0;
        ids[slot] = id;
        kept[slot] = what;
    }

    private void grow() {
        long[] oldIds = ids;
        Object[] oldKept = kept;
        ids = new long[2 * oldIds.length];
        kept = new Object[ids.length];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldKept[i] != null) {
                int slot = slot(oldIds[i]);
                ids[slot] = oldIds[i];
                kept[slot] = oldKept[i];
            }
        }
    }

    /** Where a decision is kept, or the free slot where it would be. */
    private int slot(long id) {
        int slot = home(id);
        while (kept[slot] != null && ids[slot] != id) {
            slot = (slot + 1) & (ids.length - 1);
        }
        return slot;
    }

    private int home(long id) {
        return (int) (id * 0x9E3779B97F4A7C15L >>> 32) & (ids.length - 1);
    }

    /**
     * What was kept with a pending decision, which stays pending.
     *
     * @throws UnknownDecisionException if it is not pending
     */
    public P get(long decision) {
        return in(pending(decision));
    }

    /**
     * What was kept with a decision, which is no longer pending.
     *
     * @throws UnknownDecisionException if it is not pending
     */
    public P close(long decision) {
        int slot = pending(decision);
        P closed = in(slot);
        free(slot);
        size--;
        return closed;
    }

    private int pending(long decision) {
        int slot = slot(decision);
        if (kept[slot] == null) {
            throw unknown(decision);
        }
        return slot;
    }

    @SuppressWarnings("unchecked") // only what open and from were given is kept
    private P in(int slot) {
        return (P) kept[slot];
    }

    /** Frees a slot and moves up those behind it whose way from their home leads over it. */
    private void free(int slot) {
        int hole = slot;
        int mask = ids.length - 1;
        for (int at = (hole + 1) & mask; kept[at] != null; at = (at + 1) & mask) {
            if (((at - home(ids[at])) & mask) >= ((at - hole) & mask)) {
                ids[hole] = ids[at];
                kept[hole] = kept[at];
                hole = at;
            }
        }
        kept[hole] = null;
    }

    /** How many are pending. */
    public int size() {
        return size;
    }

    /** How many decisions were ever made; the next one's id. */
    public long made() {
        return next;
    }

    /** The pending decisions in their order, and the counter. */
    public State state(Function<P, State> write) {
        long[] open = new long[size];
        int found = 0;
        for (int slot = 0; slot < ids.length; slot++) {
            if (kept[slot] != null) {
                open[found++] = ids[slot];
            }
        }
        Arrays.sort(open);
        List<State> states = new ArrayList<>();
        for (long id : open) {
            states.add(write.apply(get(id)));
        }
        return State.of("pending").put("next", next).put("ids", open).put("kept", states);
    }

    /** Reads what {@link #state} wrote. */
    public static <P> PendingDecisions<P> from(State saved, Function<State, P> read) {
        PendingDecisions<P> pending = new PendingDecisions<>();
        pending.next = saved.require("pending").integer("next");
        List<P> kept = saved.states("kept", read);
        long[] ids = saved.integers("ids", kept.size());
        for (int i = 0; i < ids.length; i++) {
            pending.put(ids[i], kept.get(i));
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
