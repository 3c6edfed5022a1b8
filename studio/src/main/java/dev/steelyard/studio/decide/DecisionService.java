package dev.steelyard.studio.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.online.Decision;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.studio.storage.StorageException;
import dev.steelyard.studio.web.Json;
import dev.steelyard.studio.web.Metrics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Experiments over learners by name, every acknowledged event on disk. May be used by many threads. */
public final class DecisionService implements AutoCloseable {

    private static final long EXPIRY_SECONDS = 1;

    /** A restart replays at most so many events of an experiment; a second or so. */
    private static final long SNAPSHOT_EVERY = 20_000;

    private final EventLog log;
    private final InstantSource clock;
    private final long snapshotEvery;
    private final DecisionMetrics numbers = new DecisionMetrics();
    private final Map<String, LearnerFactory> factories = new LinkedHashMap<>();
    private final Map<String, Experiment> experiments = new ConcurrentSkipListMap<>();
    private final Object creating = new Object();
    private final Object evaluating = new Object();
    private final ScheduledExecutorService expiry;
    private final Metrics metrics;
    private volatile long epoch;

    /**
     * Opens the experiments of a database, or makes it. An experiment whose log this version cannot replay is {@link
     * #unavailable}; it keeps no other from being served.
     *
     * @param address a file's path, or the JDBC address of a database, such as
     *     {@code jdbc:postgresql://db.example/decisions}; its user and password may stand in PGUSER and PGPASSWORD
     * @throws IllegalArgumentException if the address is of no database that is known
     * @throws StorageException if it cannot be used, or another process writes there
     */
    public DecisionService(String address) {
        this(address, InstantSource.system());
    }

    /** Opens the experiments of a SQLite file, or makes it. */
    public DecisionService(Path file) {
        this(file.toString());
    }

    DecisionService(String address, InstantSource clock) {
        this(address, clock, SNAPSHOT_EVERY);
    }

    /** @param snapshotEvery so many events of an experiment its learner is saved whole */
    DecisionService(String address, InstantSource clock, long snapshotEvery) {
        ServiceLoader.load(LearnerFactory.class).forEach(factory -> factories.put(factory.name(), factory));
        this.clock = clock;
        this.snapshotEvery = snapshotEvery;
        this.log = new EventLog(address, numbers);
        try {
            refresh();
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
        this.metrics = numbers.of(this);
        this.expiry = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().daemon().name("expiry").unstarted(task));
        expiry.scheduleWithFixedDelay(this::expire, EXPIRY_SECONDS, EXPIRY_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes up the experiments that are on disk and not yet here. */
    private void refresh() {
        long seen = log.epoch();
        for (Definition definition : log.definitions()) {
            if (!experiments.containsKey(definition.id())) {
                experiments.put(definition.id(), takeUp(definition));
            }
        }
        epoch = seen;
    }

    private Experiment takeUp(Definition definition) {
        return new Experiment(definition, () -> learner(definition), log, clock, snapshotEvery);
    }

    private JsonLearner<?, ?, ?> learner(Definition definition) {
        LearnerFactory factory = factories.get(definition.learner());
        if (factory == null) {
            throw new IllegalStateException("its learner '" + definition.learner()
                    + "' is not in this version, which has " + String.join(", ", factories.keySet()));
        }
        return NewExperiment.learner(factory, Json.object(definition.options()), definition.seed());
    }

    /** The experiments that cannot be gone on with, each with the reason and what to do; the others are served. */
    public Map<String, String> unavailable() {
        Map<String, String> reasons = new LinkedHashMap<>();
        experiments.forEach(
                (id, experiment) -> experiment.unavailable().ifPresent(reason -> reasons.put(id, reason.getMessage())));
        return reasons;
    }

    /** Gives up what waited too long. */
    void expire() {
        for (Experiment experiment : experiments.values()) {
            try {
                experiment.expire();
            } catch (RuntimeException e) {
                // The database does not answer; what is overdue stays so, and requests say why.
                return;
            }
        }
    }

    /** Where the log is, without user and password. */
    public String place() {
        return log.place();
    }

    /** How many experiments there are. */
    public int size() {
        return experiments.size();
    }

    /**
     * Whether anything can be acknowledged.
     *
     * @throws StorageException if the database does not answer
     */
    public void check() {
        log.check();
    }

    Metrics metrics() {
        return metrics;
    }

    /** Gives each experiment's numbers as they stand here, without asking the database. */
    void counts(BiConsumer<String, Experiment.Counts> each) {
        experiments.forEach((id, experiment) -> each.accept(id, experiment.lastCounts()));
    }

    /** What learners there are. */
    ArrayNode learners() {
        ArrayNode all = Json.object().putArray("learners");
        for (LearnerFactory factory : factories.values()) {
            ObjectNode one = all.addObject();
            one.put("name", factory.name());
            one.put("description", factory.description());
            one.put("context", factory.shapes().context());
            one.put("action", factory.shapes().action());
            one.put("outcome", factory.shapes().outcome());
            ArrayNode options = one.putArray("options");
            for (LearnerFactory.Option option : factory.options()) {
                options.addObject()
                        .put("name", option.name())
                        .put("type", option.type())
                        .put("required", option.required())
                        .put("description", option.description());
            }
        }
        return all;
    }

    /** Creates an experiment; see {@link NewExperiment}. */
    ObjectNode create(ObjectNode request) {
        Definition definition = NewExperiment.read(request, factories, clock.instant());
        synchronized (creating) {
            if (find(definition.id()).isPresent()) {
                throw new ConflictException(
                        "there is an experiment '" + definition.id() + "' already; take another id");
            }
            await(log.create(definition));
            experiments.put(definition.id(), takeUp(definition));
        }
        return describe(definition.id());
    }

    private Optional<Experiment> find(String id) {
        Experiment experiment = experiments.get(id);
        if (experiment == null && epoch != log.epoch()) {
            // A write failed since, so that an experiment may be on disk whose creation was not acknowledged.
            synchronized (creating) {
                log.flush();
                refresh();
            }
            experiment = experiments.get(id);
        }
        return Optional.ofNullable(experiment);
    }

    private Experiment experiment(String id) {
        return find(id).orElseThrow(() ->
                new UnknownExperimentException("there is no experiment '" + id + "'; POST /experiments makes one"));
    }

    /** Decides on {@code {"context"}}; returns when the decision is on disk. */
    ObjectNode decide(String id, ObjectNode request) {
        Json.requireOnly(request, List.of("context"));
        Experiment experiment = experiment(id);
        Experiment.Pending pending = experiment.decide(request.path("context"));
        await(pending.onDisk());
        Decision<JsonNode> decision = pending.decision();
        ObjectNode answer = Json.object();
        answer.put("id", decision.id());
        answer.set("action", decision.action());
        experiment.arm(decision.action()).ifPresent(name -> answer.put("arm", name));
        answer.put("propensity", decision.propensity());
        return answer;
    }

    /** Learns the outcome of {@code {"decision", "outcome"}}; returns when it is on disk. */
    ObjectNode feedback(String id, ObjectNode request) {
        Json.requireOnly(request, List.of("decision", "outcome"));
        if (!request.has("decision")) {
            throw new IllegalArgumentException("'decision' is missing; it is the id that the decision came with");
        }
        long decision = Json.integer(request, "decision", -1);
        if (!request.hasNonNull("outcome")) {
            throw new IllegalArgumentException("'outcome' is missing; GET /learners says what it looks like");
        }
        Experiment experiment = experiment(id);
        Optional<CompletableFuture<Void>> onDisk = experiment.feedback(decision, request.get("outcome"));
        onDisk.ifPresent(DecisionService::await);
        return Json.object().put("decision", decision).put("repeated", onDisk.isEmpty());
    }

    private static void await(CompletableFuture<Void> onDisk) {
        try {
            onDisk.join();
        } catch (CompletionException e) {
            throw new StorageException(
                    "nothing was acknowledged: " + e.getCause().getMessage(), e);
        }
    }

    ObjectNode describe(String id) {
        Experiment experiment = experiment(id);
        Definition definition = experiment.definition();
        Experiment.Counts counts = experiment.counts();
        ObjectNode answer = Json.object();
        answer.put("id", id);
        answer.put("learner", definition.learner());
        answer.set("options", Json.read(definition.options()));
        if (!definition.arms().isEmpty()) {
            answer.set("arms", Json.read(definition.arms()));
        }
        answer.put("seed", definition.seed());
        definition.expireAfter().ifPresent(duration -> answer.put("expireAfter", duration.toString()));
        answer.put("created", definition.created());
        answer.put("decisions", counts.decisions());
        answer.put("open", counts.open());
        answer.put("expired", counts.expired());
        answer.put("events", counts.events());
        experiment.unavailable().ifPresent(reason -> answer.put("unavailable", reason.getMessage()));
        return answer;
    }

    ArrayNode list() {
        ArrayNode all = Json.object().putArray("experiments");
        experiments.keySet().forEach(id -> all.add(describe(id)));
        return all;
    }

    JsonNode state(String id) {
        return Json.read(experiment(id).state().toJson());
    }

    /** Gives the log line by line: decisions with their propensities, outcomes, and expiries. */
    void export(String id, Consumer<String> line) {
        experiment(id);
        log.flush();
        log.events(id, 0, event -> {
            ObjectNode json = Json.object();
            json.put("event", event.number());
            json.put("time", event.time().toString());
            json.put("decision", event.decision());
            switch (event.kind()) {
                case DECISION -> {
                    json.set("context", Json.read(event.context()));
                    json.set("action", Json.read(event.body()));
                    json.put("propensity", event.propensity());
                }
                case OUTCOME -> json.set("outcome", Json.read(event.body()));
                case EXPIRED -> json.put("expired", true);
            }
            line.accept(json.toString());
        });
    }

    /** Evaluates another learner on the log; see {@link LogEvaluation}. One at a time, so that decisions keep a processor. */
    ObjectNode evaluate(String id, ObjectNode request) {
        Experiment experiment = experiment(id);
        synchronized (evaluating) {
            return new LogEvaluation(experiment.definition(), log).evaluate(request, factories);
        }
    }

    /** Writes what waits, then closes. */
    @Override
    public void close() {
        expiry.shutdownNow();
        log.close();
    }
}
