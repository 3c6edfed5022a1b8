package dev.steelyard.studio.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.online.evaluate.Evaluation;
import dev.steelyard.online.evaluate.LoggedDecision;
import dev.steelyard.online.evaluate.MeanEstimate;
import dev.steelyard.online.evaluate.OffPolicyEvaluation;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.studio.web.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Evaluates another learner on an experiment's log, page by page, so that no log must fit into memory. */
final class LogEvaluation {

    /** Each costs a look at every decision. */
    private static final int MOST_ACTIONS = 10_000;

    private static final List<String> FIELDS = List.of("learner", "options", "seed");

    private final Definition experiment;
    private final EventLog log;

    LogEvaluation(Definition experiment, EventLog log) {
        this.experiment = experiment;
        this.log = log;
    }

    /**
     * @param request {@code {"learner", "options", "seed"}}; the option 'arms' is the experiment's where it is left out
     * @throws IllegalArgumentException if the learner cannot be evaluated on this log; the message says why
     */
    ObjectNode evaluate(ObjectNode request, Map<String, LearnerFactory> factories) {
        Json.requireOnly(request, FIELDS);
        LearnerFactory factory = NewExperiment.factory(factories, request.path("learner"));
        ObjectNode options = NewExperiment.options(request);
        JsonNode arms = Json.read(experiment.options()).path("arms");
        if (NewExperiment.takesArms(factory) && !options.has("arms") && arms.isInt()) {
            options.set("arms", arms);
        }
        long seed = Json.integer(request, "seed", 0);
        JsonLearner<?, ?, ?> learner = NewExperiment.learner(factory, options, seed);
        log.flush();
        LoggedDecisions logged = log.decisions(experiment.id());
        try {
            Evaluation evaluation = new OffPolicyEvaluation<JsonNode, JsonNode, JsonNode>(
                            actions(options.path("arms"), learner.name(), logged), context -> new double[0])
                    .evaluate(
                            learner,
                            (context, action) ->
                                    learner.probability(context, action).orElseThrow(),
                            logged,
                            new SplittableRandom(seed));
            return answer(evaluation);
        } catch (NoSuchElementException e) {
            throw new IllegalArgumentException(
                    "'" + learner.name() + "' cannot say how probable an action is, so it cannot be evaluated on a log",
                    e);
        } catch (ClassCastException | IndexOutOfBoundsException | NullPointerException e) {
            throw new IllegalArgumentException(
                    "'" + learner.name() + "' does not fit this log, whose decisions were made by '"
                            + experiment.learner() + "'; compare their contexts and actions in GET /learners",
                    e);
        }
    }

    /** All that the learner could have done, not only what the log did, so that its probabilities add up to 1. */
    private static List<JsonNode> actions(JsonNode arms, String learner, LoggedDecisions logged) {
        Set<JsonNode> seen = new LinkedHashSet<>();
        for (LoggedDecision<JsonNode, JsonNode, JsonNode> decision : logged) {
            if (seen.add(decision.action()) && seen.size() > MOST_ACTIONS) {
                throw new IllegalArgumentException("the log has more than " + MOST_ACTIONS
                        + " different actions; only learners that choose among fewer are evaluated");
            }
        }
        if (!arms.isInt() || !seen.stream().allMatch(JsonNode::isInt)) {
            return List.copyOf(seen);
        }
        for (JsonNode action : seen) {
            if (action.intValue() < 0 || action.intValue() >= arms.intValue()) {
                throw new IllegalArgumentException("the log took arm " + action + ", which '" + learner + "' with "
                        + arms + " arms does not have; give options.arms the experiment's number, or leave it out");
            }
        }
        return IntStream.range(0, arms.intValue())
                .mapToObj(arm -> (JsonNode) IntNode.valueOf(arm))
                .toList();
    }

    private static ObjectNode answer(Evaluation evaluation) {
        ObjectNode answer = Json.object();
        answer.put("decisions", evaluation.decisions());
        answer.put("learnt", evaluation.learnt());
        put(answer, "logged", evaluation.logged());
        put(answer, "ips", evaluation.inversePropensity());
        put(answer, "snips", evaluation.selfNormalised());
        put(answer, "doublyRobust", evaluation.doublyRobust());
        answer.put("effectiveSampleSize", finite(evaluation.effectiveSampleSize()));
        answer.put("largestWeight", finite(evaluation.largestWeight()));
        return answer;
    }

    private static void put(ObjectNode answer, String name, MeanEstimate estimate) {
        ObjectNode one = answer.putObject(name);
        one.put("mean", finite(estimate.mean()));
        one.put("standardError", finite(estimate.standardError()));
        one.put("lower", finite(estimate.lower()));
        one.put("upper", finite(estimate.upper()));
    }

    /** JSON has no NaN: what is not known is null. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
