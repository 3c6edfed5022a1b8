package dev.steelyard.studio.decide;

import dev.steelyard.core.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Since when decisions wait for their outcome, in the order in which they were made. */
final class WaitingDecisions {

    private final Duration patience;
    private final Map<Long, Instant> since = new LinkedHashMap<>();

    /** @param patience after which a decision is given up */
    WaitingDecisions(Duration patience) {
        this.patience = patience;
    }

    void add(long decision, Instant made) {
        since.put(decision, made);
    }

    void remove(long decision) {
        since.remove(decision);
    }

    /** The decision that has waited longest, if it is to be given up at a time. */
    OptionalLong overdue(Instant now) {
        return since.entrySet().stream()
                .limit(1)
                .filter(oldest -> isOverdue(oldest.getValue(), now))
                .mapToLong(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether a decision is to be given up at a time. */
    boolean isOverdue(long decision, Instant now) {
        Instant made = since.get(decision);
        return made != null && isOverdue(made, now);
    }

    private boolean isOverdue(Instant made, Instant now) {
        return !now.isBefore(made.plus(patience));
    }

    State state() {
        long[] ids = since.keySet().stream().mapToLong(Long::longValue).toArray();
        long[] seconds =
                since.values().stream().mapToLong(Instant::getEpochSecond).toArray();
        int[] nanos = since.values().stream().mapToInt(Instant::getNano).toArray();
        return State.of("waiting").put("ids", ids).put("seconds", seconds).put("nanos", nanos);
    }

    /** Reads what {@link #state} wrote. */
    static WaitingDecisions from(State saved, Duration patience) {
        WaitingDecisions waiting = new WaitingDecisions(patience);
        long[] ids = saved.require("waiting").integers("ids");
        long[] seconds = saved.integers("seconds", ids.length);
        long[] nanos = saved.integers("nanos", ids.length);
        for (int i = 0; i < ids.length; i++) {
            waiting.add(ids[i], Instant.ofEpochSecond(seconds[i], nanos[i]));
        }
        return waiting;
    }
}
