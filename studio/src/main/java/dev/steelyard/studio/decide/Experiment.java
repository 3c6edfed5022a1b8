package dev.steelyard.studio.decide;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.core.state.State;
import dev.steelyard.online.Decision;
import dev.steelyard.online.UnknownDecisionException;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.studio.web.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A learner and its log. A learner is called by one thread at a time, and events are numbered in the order of the calls, so
 * that the log replayed gives the same learner.
 */
final class Experiment {

    private static final long SNAPSHOT_EVERY = 20_000;

    private final EventLog.Definition definition;
    private final LearnerFactory factory;
    private final EventLog log;
    private JsonLearner<?, ?, ?> learner;
    private long events;
    private long decisions;

    /** A decision, on its way to disk. */
    record Pending(Decision<JsonNode> decision, CompletableFuture<Void> onDisk) {}

    Experiment(EventLog.Definition definition, LearnerFactory factory, EventLog log) {
        this.definition = definition;
        this.factory = factory;
        this.log = log;
        load();
    }

    /** Makes the learner from what is on disk. */
    private void load() {
        learner = factory.create(Json.read(definition.options()), definition.seed());
        events = 0;
        decisions = 0;
        Optional<EventLog.Snapshot> snapshot = log.snapshot(definition.id());
        if (snapshot.isPresent()) {
            State saved = State.fromJson(snapshot.get().state());
            learner.restore(saved.state("learner"));
            decisions = saved.integer("decisions");
            events = snapshot.get().events();
        }
        log.events(definition.id(), events, this::replay);
    }

    private void replay(Event event) {
        if (event.number() != events) {
            throw new IllegalStateException("the log of experiment " + definition.id() + " lacks event " + events);
        }
        if (event.kind() == Event.Kind.DECISION) {
            Decision<JsonNode> decision = learner.decide(Json.read(event.context()));
            if (decision.id() != event.decision() || !decision.action().equals(Json.read(event.body()))) {
                throw new IllegalStateException("decision " + event.decision() + " of experiment " + definition.id()
                        + " is not what its learner decides; the log was written by another version");
            }
            decisions++;
        } else {
            learner.feedback(event.decision(), Json.read(event.body()));
        }
        events++;
    }

    EventLog.Definition definition() {
        return definition;
    }

    synchronized Pending decide(JsonNode context) {
        Decision<JsonNode> decision = learner.decide(context);
        decisions++;
        CompletableFuture<Void> onDisk = append(
                Event.Kind.DECISION, decision.id(), context.toString(), decision.action(), decision.propensity());
        return new Pending(decision, onDisk);
    }

    /** Learns an outcome. @return complete when on disk; empty if the decision had just this outcome before */
    Optional<CompletableFuture<Void>> feedback(long decision, JsonNode outcome) {
        synchronized (this) {
            try {
                learner.feedback(decision, outcome);
                return Optional.of(append(Event.Kind.OUTCOME, decision, null, outcome, 0));
            } catch (UnknownDecisionException e) {
                if (decision < 0 || decision >= decisions) {
                    throw e;
                }
            }
        }
        // It had an outcome, which may still be on its way to disk.
        log.flush();
        String before = log.outcome(definition.id(), decision)
                .orElseThrow(() -> new UnknownDecisionException("decision " + decision + " has expired"));
        if (!Json.read(before).equals(outcome)) {
            throw new ConflictException("decision " + decision + " had the outcome " + before
                    + ", which stands; the same outcome may be sent again, another may not");
        }
        return Optional.empty();
    }

    private CompletableFuture<Void> append(
            Event.Kind kind, long decision, String context, JsonNode body, double propensity) {
        CompletableFuture<Void> onDisk = log.append(new Event(
                definition.id(),
                events,
                kind,
                decision,
                Instant.now().toString(),
                context,
                body.toString(),
                propensity));
        events++;
        if (events % SNAPSHOT_EVERY == 0) {
            State state =
                    State.of("experiment").put("learner", learner.snapshot()).put("decisions", decisions);
            log.save(definition.id(), new EventLog.Snapshot(events, state.toJson()));
        }
        return onDisk;
    }

    /** Goes back to what is on disk, after a write failed. */
    synchronized void reload() {
        load();
    }

    synchronized State state() {
        return learner.snapshot();
    }

    synchronized long decisions() {
        return decisions;
    }

    synchronized long events() {
        return events;
    }

    synchronized int open() {
        return learner.pending();
    }
}
