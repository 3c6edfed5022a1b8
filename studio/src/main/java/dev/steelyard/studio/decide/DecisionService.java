package dev.steelyard.studio.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.online.Decision;
import dev.steelyard.online.evaluate.Evaluation;
import dev.steelyard.online.evaluate.LoggedDecision;
import dev.steelyard.online.evaluate.MeanEstimate;
import dev.steelyard.online.evaluate.OffPolicyEvaluation;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.JsonValues;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.studio.web.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Experiments over learners by name, every acknowledged event on disk. May be used by many threads. */
public final class DecisionService implements AutoCloseable {

    private static final String ID = "[A-Za-z0-9._-]{1,100}";

    private final EventLog log;
    private final Map<String, LearnerFactory> factories = new LinkedHashMap<>();
    private final Map<String, Experiment> experiments = new ConcurrentHashMap<>();

    /**
     * Opens the experiments of a file, or makes it.
     *
     * @throws IllegalStateException if the file cannot be used
     */
    public DecisionService(Path file) {
        ServiceLoader.load(LearnerFactory.class).forEach(factory -> factories.put(factory.name(), factory));
        this.log = new EventLog(file);
        for (EventLog.Definition definition : log.definitions()) {
            experiments.put(definition.id(), new Experiment(definition, factory(definition.learner()), log));
        }
    }

    private LearnerFactory factory(String name) {
        LearnerFactory factory = factories.get(name);
        if (factory == null) {
            throw new IllegalArgumentException(
                    "there is no learner '" + name + "'; there are " + String.join(", ", factories.keySet()));
        }
        return factory;
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

    /** Creates an experiment: {@code {"id", "learner", "options", "seed", "arms": [names]}}. */
    ObjectNode create(ObjectNode request) {
        String id = request.path("id").asText("");
        if (!id.matches(ID)) {
            throw new IllegalArgumentException(
                    "'id' must be 1 to 100 letters, digits, dots, dashes or underscores, not '" + id + "'");
        }
        String name = request.path("learner").asText("");
        LearnerFactory factory = factory(name);
        ObjectNode options = request.path("options") instanceof ObjectNode given ? given.deepCopy() : Json.object();
        JsonNode arms = request.path("arms");
        if (arms.isArray()) {
            boolean takesArms =
                    factory.options().stream().anyMatch(option -> option.name().equals("arms"));
            if (takesArms && !options.has("arms")) {
                options.put("arms", arms.size());
            }
        }
        long seed = request.path("seed").asLong(id.hashCode());
        factory.create(options, seed);
        EventLog.Definition definition = new EventLog.Definition(
                id,
                name,
                options.toString(),
                seed,
                arms.isArray() ? arms.toString() : "",
                Instant.now().toString());
        synchronized (experiments) {
            if (experiments.containsKey(id)) {
                throw new ConflictException("there is an experiment '" + id + "' already");
            }
            await(log.create(definition));
            experiments.put(id, new Experiment(definition, factory, log));
        }
        return describe(id);
    }

    private Experiment experiment(String id) {
        Experiment experiment = experiments.get(id);
        if (experiment == null) {
            throw new UnknownExperimentException("there is no experiment '" + id + "'; POST /experiments makes one");
        }
        return experiment;
    }

    /** Decides; returns when the decision is on disk. */
    ObjectNode decide(String id, JsonNode context) {
        Experiment experiment = experiment(id);
        Experiment.Pending pending = experiment.decide(context);
        awaitOrReload(experiment, pending.onDisk());
        Decision<JsonNode> decision = pending.decision();
        ObjectNode answer = Json.object();
        answer.put("id", decision.id());
        answer.set("action", decision.action());
        name(experiment, decision.action()).ifPresent(name -> answer.put("arm", name));
        answer.put("propensity", decision.propensity());
        return answer;
    }

    private static Optional<String> name(Experiment experiment, JsonNode action) {
        JsonNode arms = Json.read(experiment.definition().arms());
        return arms.isArray() && action.isInt() && arms.has(action.intValue())
                ? Optional.of(arms.get(action.intValue()).asText())
                : Optional.empty();
    }

    /** Learns an outcome; returns when it is on disk. */
    ObjectNode feedback(String id, ObjectNode request) {
        JsonNode decision = request.path("decision");
        if (!decision.canConvertToExactIntegral()) {
            throw new IllegalArgumentException("'decision' must be the id of a decision, not " + decision);
        }
        if (!request.has("outcome")) {
            throw new IllegalArgumentException("'outcome' is missing");
        }
        Experiment experiment = experiment(id);
        Optional<CompletableFuture<Void>> onDisk = experiment.feedback(decision.longValue(), request.get("outcome"));
        onDisk.ifPresent(done -> awaitOrReload(experiment, done));
        return Json.object().put("decision", decision.longValue()).put("repeated", onDisk.isEmpty());
    }

    private static void await(CompletableFuture<Void> onDisk) {
        try {
            onDisk.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "nothing was acknowledged: the log cannot be written ("
                            + e.getCause().getMessage() + ")",
                    e);
        }
    }

    private static void awaitOrReload(Experiment experiment, CompletableFuture<Void> onDisk) {
        try {
            await(onDisk);
        } catch (IllegalStateException e) {
            experiment.reload();
            throw e;
        }
    }

    ObjectNode describe(String id) {
        Experiment experiment = experiment(id);
        ObjectNode answer = Json.object();
        answer.put("id", id);
        answer.put("learner", experiment.definition().learner());
        answer.set("options", Json.read(experiment.definition().options()));
        answer.put("seed", experiment.definition().seed());
        answer.put("created", experiment.definition().created());
        answer.put("decisions", experiment.decisions());
        answer.put("open", experiment.open());
        answer.put("events", experiment.events());
        return answer;
    }

    ArrayNode list() {
        ArrayNode all = Json.object().putArray("experiments");
        experiments.keySet().stream().sorted().forEach(id -> all.add(describe(id)));
        return all;
    }

    JsonNode state(String id) {
        return Json.read(experiment(id).state().toJson());
    }

    /** Gives the log line by line: decisions with their propensities, and outcomes. */
    void export(String id, Consumer<String> line) {
        experiment(id);
        log.flush();
        log.events(id, 0, event -> {
            ObjectNode json = Json.object();
            json.put("event", event.number());
            json.put("time", event.time());
            json.put("decision", event.decision());
            if (event.kind() == Event.Kind.DECISION) {
                json.set("context", Json.read(event.context()));
                json.set("action", Json.read(event.body()));
                json.put("propensity", event.propensity());
            } else {
                json.set("outcome", Json.read(event.body()));
            }
            line.accept(json.toString());
        });
    }

    /** Evaluates another learner on the log: {@code {"learner", "options", "seed"}}. */
    ObjectNode evaluate(String id, ObjectNode request) {
        experiment(id);
        JsonLearner<?, ?, ?> learner = factory(request.path("learner").asText(""))
                .create(request.path("options"), request.path("seed").asLong(0));
        List<LoggedDecision<JsonNode, JsonNode, JsonNode>> logged = logged(id);
        List<JsonNode> actions =
                logged.stream().map(LoggedDecision::action).distinct().toList();
        Evaluation evaluation;
        try {
            evaluation = new OffPolicyEvaluation<JsonNode, JsonNode, JsonNode>(actions, context -> new double[0])
                    .evaluate(
                            learner,
                            (context, action) ->
                                    learner.probability(context, action).orElseThrow(),
                            logged,
                            new SplittableRandom(request.path("seed").asLong(0)));
        } catch (NoSuchElementException e) {
            throw new IllegalArgumentException(
                    "'" + learner.name() + "' cannot say how probable an action is, so it cannot be evaluated on a log",
                    e);
        }
        ObjectNode answer = Json.object();
        answer.put("decisions", evaluation.decisions());
        answer.put("learnt", evaluation.learnt());
        put(answer, "logged", evaluation.logged());
        put(answer, "ips", evaluation.inversePropensity());
        put(answer, "snips", evaluation.selfNormalised());
        put(answer, "doublyRobust", evaluation.doublyRobust());
        answer.put("effectiveSampleSize", evaluation.effectiveSampleSize());
        answer.put("largestWeight", evaluation.largestWeight());
        return answer;
    }

    private static void put(ObjectNode answer, String name, MeanEstimate estimate) {
        ObjectNode one = answer.putObject(name);
        one.put("mean", estimate.mean());
        one.put("standardError", finite(estimate.standardError()));
        one.put("lower", finite(estimate.lower()));
        one.put("upper", finite(estimate.upper()));
    }

    /** JSON has no NaN: what is not known is null. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private List<LoggedDecision<JsonNode, JsonNode, JsonNode>> logged(String id) {
        log.flush();
        Map<Long, Event> decisions = new LinkedHashMap<>();
        Map<Long, JsonNode> outcomes = new LinkedHashMap<>();
        log.events(id, 0, event -> {
            if (event.kind() == Event.Kind.DECISION) {
                decisions.put(event.decision(), event);
            } else {
                outcomes.put(event.decision(), Json.read(event.body()));
            }
        });
        List<LoggedDecision<JsonNode, JsonNode, JsonNode>> logged = new ArrayList<>();
        decisions.forEach((decision, event) -> {
            JsonNode outcome = outcomes.get(decision);
            if (outcome != null) {
                logged.add(new LoggedDecision<>(
                        Json.read(event.context()),
                        Json.read(event.body()),
                        event.propensity(),
                        outcome,
                        JsonValues.loss(outcome)));
            }
        });
        return logged;
    }

    @Override
    public void close() {
        log.close();
    }
}
