package dev.steelyard.studio.decide;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.online.Decision;
import dev.steelyard.online.UnknownDecisionException;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.studio.storage.StorageException;
import dev.steelyard.studio.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A learner and its log. A learner is called by one thread at a time, and events are numbered in the order of the calls, so
 * that the log replayed gives the same learner. After a failed write the learner is made anew from the log, as it knows what
 * the log does not. Where the log cannot be replayed, as when a learner changed between versions, the experiment is
 * unavailable: it neither decides nor learns, and its log stays as it is.
 */
final class Experiment {

    /** So that a request does not wait for all that went overdue while nobody asked. */
    private static final int MOST_EXPIRED_AT_ONCE = 500;

    private final Definition definition;
    private final Supplier<JsonLearner<?, ?, ?>> maker;
    private final EventLog log;
    private final InstantSource clock;
    private final long snapshotEvery;
    private final List<String> arms = new ArrayList<>();
    private JsonLearner<?, ?, ?> learner;
    private Optional<WaitingDecisions> waiting = Optional.empty();
    private volatile Counts counts = new Counts(0, 0, 0, 0);
    private long events;
    private long decisions;
    private long expired;
    private long epoch;
    private boolean usable;
    private volatile Optional<UnavailableExperimentException> unavailable = Optional.empty();

    /** A decision, on its way to disk. */
    record Pending(Decision<JsonNode> decision, CompletableFuture<Void> onDisk) {}

    /** How many there were of each; of an unavailable experiment, as its log tells. */
    record Counts(long events, long decisions, long open, long expired) {

        long outcomes() {
            return events - decisions - expired;
        }
    }

    /**
     * Takes up an experiment; where its log cannot be replayed it is {@link #unavailable}.
     *
     * @param maker makes its learner as it was at first
     * @throws StorageException if the log cannot be read
     */
    Experiment(
            Definition definition,
            Supplier<JsonLearner<?, ?, ?>> maker,
            EventLog log,
            InstantSource clock,
            long snapshotEvery) {
        this.definition = definition;
        this.maker = maker;
        this.log = log;
        this.clock = clock;
        this.snapshotEvery = snapshotEvery;
        Json.read(definition.arms()).forEach(arm -> arms.add(arm.asText()));
        load();
    }

    /** Makes the learner from what is on disk, as far as it can be made. */
    private void load() {
        usable = false;
        long seen = log.epoch();
        log.flush();
        try {
            rebuild();
            unavailable = Optional.empty();
            usable = true;
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException | OutOfMemoryError e) {
            learner = null;
            waiting = Optional.empty();
            counts = log.counts(definition.id());
            unavailable = Optional.of(new UnavailableExperimentException(definition.id(), e));
        }
        epoch = seen;
    }

    private void rebuild() {
        Optional<EventLog.Snapshot> snapshot = log.snapshot(definition.id());
        if (snapshot.isEmpty() || !restore(snapshot.get())) {
            start();
        }
        log.events(definition.id(), events, this::replay);
        count();
    }

    private void start() {
        learner = maker.get();
        waiting = definition.expireAfter().map(WaitingDecisions::new);
        events = 0;
        decisions = 0;
        expired = 0;
    }

    /** Whether a snapshot could be taken up; one of another version is done without, as the log has all that it sums up. */
    private boolean restore(EventLog.Snapshot snapshot) {
        start();
        try {
            State saved = State.fromJson(snapshot.state());
            learner.restore(saved.state("learner"));
            decisions = saved.integer("decisions");
            expired = saved.has("expired") ? saved.integer("expired") : 0;
            waiting = definition.expireAfter().map(duration -> WaitingDecisions.from(saved.state("waiting"), duration));
            events = snapshot.events();
            return true;
        } catch (StateException e) {
            return false;
        }
    }

    private void replay(Event event) {
        if (event.number() != events) {
            throw new IllegalStateException(
                    "its log lacks event " + events + "; it is damaged, restore it from a copy");
        }
        switch (event.kind()) {
            case DECISION -> {
                Decision<JsonNode> decision = learner.decide(Json.read(event.context()));
                if (decision.id() != event.decision() || !decision.action().equals(Json.read(event.body()))) {
                    throw new IllegalStateException("its log decided " + event.body() + " where '"
                            + definition.learner() + "' decides " + decision.action() + " now, at decision "
                            + event.decision() + "; the log was written by another version");
                }
                decisions++;
                waiting.ifPresent(open -> open.add(event.decision(), event.time()));
            }
            case OUTCOME -> {
                learner.feedback(event.decision(), Json.read(event.body()));
                waiting.ifPresent(open -> open.remove(event.decision()));
            }
            case EXPIRED -> {
                learner.expire(event.decision());
                expired++;
                waiting.ifPresent(open -> open.remove(event.decision()));
            }
        }
        events++;
    }

    /**
     * Goes back to what is on disk if a write failed since.
     *
     * @throws UnavailableExperimentException if that cannot be replayed
     */
    private void ready() {
        refresh();
        if (unavailable.isPresent()) {
            throw unavailable.get();
        }
    }

    private void refresh() {
        // What cannot be replayed is not replayed again before something may have changed.
        if ((!usable && unavailable.isEmpty()) || epoch != log.epoch()) {
            load();
        }
    }

    /** Why it neither decides nor learns; empty if it does. */
    Optional<UnavailableExperimentException> unavailable() {
        return unavailable;
    }

    Definition definition() {
        return definition;
    }

    synchronized Pending decide(JsonNode context) {
        ready();
        expireOverdue();
        Decision<JsonNode> decision = call(() -> learner.decide(context));
        decisions++;
        Instant now = clock.instant();
        waiting.ifPresent(open -> open.add(decision.id(), now));
        CompletableFuture<Void> onDisk = append(
                Event.Kind.DECISION,
                decision.id(),
                now,
                context.toString(),
                decision.action().toString(),
                decision.propensity());
        return new Pending(decision, onDisk);
    }

    /** What a learner refuses leaves it as it was; after any other failure it is made anew. */
    private <T> T call(Supplier<T> learning) {
        usable = false;
        try {
            T result = learning.get();
            usable = true;
            return result;
        } catch (IllegalArgumentException e) {
            usable = true;
            throw e;
        }
    }

    /**
     * Learns an outcome.
     *
     * @return complete when on disk; empty if the decision had just this outcome before
     * @throws UnknownDecisionException if the decision was never made
     * @throws ConflictException if it had another outcome
     * @throws ExpiredException if it was given up
     */
    Optional<CompletableFuture<Void>> feedback(long decision, JsonNode outcome) {
        synchronized (this) {
            ready();
            if (decision < 0 || decision >= decisions) {
                throw new UnknownDecisionException("decision " + decision + " of experiment '" + definition.id()
                        + "' was never made; " + decisions + " were made, counted from 0");
            }
            Instant now = clock.instant();
            if (waiting.isPresent() && waiting.get().isOverdue(decision, now)) {
                expire(decision, now);
            } else {
                try {
                    call(() -> {
                        learner.feedback(decision, outcome);
                        return null;
                    });
                    waiting.ifPresent(open -> open.remove(decision));
                    return Optional.of(append(Event.Kind.OUTCOME, decision, now, null, outcome.toString(), 0));
                } catch (UnknownDecisionException e) {
                    // Its wait ended before, by what the log tells.
                }
            }
        }
        compare(decision, outcome);
        return Optional.empty();
    }

    /** Compares with how the decision's wait ended, which may still be on its way to disk. */
    private void compare(long decision, JsonNode outcome) {
        log.flush();
        Event ending = log.ending(definition.id(), decision)
                .orElseThrow(() -> new StorageException("how decision " + decision
                        + " ended could not be written; nothing was acknowledged, try again"));
        if (ending.kind() == Event.Kind.EXPIRED) {
            throw new ExpiredException("decision " + decision + " expired at " + ending.time() + ", "
                    + definition.expireAfter().map(Duration::toString).orElse("")
                    + " or more after it was made; its outcome is not learnt any more. Make an experiment with a longer"
                    + " expireAfter where outcomes come later");
        }
        if (!Json.same(Json.read(ending.body()), outcome)) {
            throw new ConflictException("decision " + decision + " had the outcome " + ending.body()
                    + ", which stands; the same outcome may be sent again, another may not");
        }
    }

    /** Gives up decisions that waited too long, the oldest first. */
    synchronized void expire() {
        if (waiting.isPresent()) {
            refresh();
            expireOverdue();
        }
    }

    private void expireOverdue() {
        if (waiting.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        for (int i = 0; i < MOST_EXPIRED_AT_ONCE; i++) {
            OptionalLong overdue = waiting.get().overdue(now);
            if (overdue.isEmpty()) {
                return;
            }
            expire(overdue.getAsLong(), now);
        }
    }

    private void expire(long decision, Instant now) {
        call(() -> {
            learner.expire(decision);
            return null;
        });
        waiting.orElseThrow().remove(decision);
        expired++;
        append(Event.Kind.EXPIRED, decision, now, null, "null", 0);
    }

    private CompletableFuture<Void> append(
            Event.Kind kind, long decision, Instant time, String context, String body, double propensity) {
        CompletableFuture<Void> onDisk =
                log.append(new Event(definition.id(), events, kind, decision, time, context, body, propensity));
        events++;
        if (events % snapshotEvery == 0) {
            State state = State.of("experiment")
                    .put("learner", learner.snapshot())
                    .put("decisions", decisions)
                    .put("expired", expired);
            waiting.ifPresent(open -> state.put("waiting", open.state()));
            log.save(definition.id(), new EventLog.Snapshot(events, state.toJson()));
        }
        count();
        return onDisk;
    }

    private void count() {
        counts = new Counts(events, decisions, learner.pending(), expired);
    }

    synchronized State state() {
        ready();
        return learner.snapshot();
    }

    /** As they stand here; no failed write is undone for it. */
    Counts lastCounts() {
        return counts;
    }

    /** The name of the arm that an action is, where arms have names. */
    Optional<String> arm(JsonNode action) {
        return action.isInt() && action.intValue() >= 0 && action.intValue() < arms.size()
                ? Optional.of(arms.get(action.intValue()))
                : Optional.empty();
    }

    synchronized Counts counts() {
        refresh();
        return counts;
    }
}
