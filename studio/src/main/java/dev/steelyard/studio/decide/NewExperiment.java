package dev.steelyard.studio.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.online.wire.JsonLearner;
import dev.steelyard.online.wire.LearnerFactory;
import dev.steelyard.studio.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what an experiment is to be: {@code {"id", "learner", "options", "arms": [names], "seed", "expireAfter"}}. */
final class NewExperiment {

    /** No dot first: "." and ".." are no names in an address. */
    private static final String ID = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}";

    /** More would keep all other experiments waiting for memory and processors. */
    private static final int MOST_ARMS = 100_000;

    private static final List<String> FIELDS = List.of("id", "learner", "options", "arms", "seed", "expireAfter");

    private NewExperiment() {}

    /**
     * @param factories learners by name
     * @throws IllegalArgumentException naming the field that is wrong, and what it may be
     */
    static Definition read(ObjectNode request, Map<String, LearnerFactory> factories, Instant now) {
        Json.requireOnly(request, FIELDS);
        JsonNode id = request.path("id");
        if (!id.isTextual() || !id.textValue().matches(ID)) {
            throw new IllegalArgumentException(
                    "'id' must be a text of 1 to 100 letters, digits, dashes, underscores or dots, which are not first, not "
                            + (id.isMissingNode() ? "left out" : id));
        }
        LearnerFactory factory = factory(factories, request.path("learner"));
        ObjectNode options = options(request);
        String arms = arms(request.path("arms"), factory, options);
        long seed = Json.integer(request, "seed", id.textValue().hashCode());
        Optional<Duration> expireAfter = expireAfter(request.path("expireAfter"));
        learner(factory, options, seed);
        return new Definition(
                id.textValue(), factory.name(), options.toString(), seed, arms, now.toString(), expireAfter);
    }

    /**
     * Makes a learner.
     *
     * @throws IllegalArgumentException if its options are wrong, or ask for more memory than there is
     */
    static JsonLearner<?, ?, ?> learner(LearnerFactory factory, ObjectNode options, long seed) {
        JsonNode arms = options.path("arms");
        if (arms.isNumber() && arms.doubleValue() > MOST_ARMS) {
            throw new IllegalArgumentException("options.arms is " + arms + "; a service has room for " + MOST_ARMS);
        }
        try {
            return factory.create(options, seed);
        } catch (OutOfMemoryError | NegativeArraySizeException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "'" + factory.name() + "' with the options " + options
                            + " needs more memory than the service has; make it smaller, or start the service with more",
                    e);
        }
    }

    /** The learner that a request names. */
    static LearnerFactory factory(Map<String, LearnerFactory> factories, JsonNode name) {
        LearnerFactory factory = name.isTextual() ? factories.get(name.textValue()) : null;
        if (factory == null) {
            throw new IllegalArgumentException(
                    (name.isMissingNode() ? "'learner' is missing" : "there is no learner '" + name.asText() + "'")
                            + "; there are " + String.join(", ", factories.keySet()));
        }
        return factory;
    }

    /** The options of a request; none where they are left out. */
    static ObjectNode options(ObjectNode request) {
        JsonNode options = request.path("options");
        if (options.isMissingNode()) {
            return Json.object();
        }
        if (options instanceof ObjectNode given) {
            return given.deepCopy();
        }
        throw new IllegalArgumentException("'options' must be an object, not " + options);
    }

    /** Whether a learner has a number of arms that an option gives. */
    static boolean takesArms(LearnerFactory factory) {
        return factory.options().stream().anyMatch(option -> option.name().equals("arms"));
    }

    private static String arms(JsonNode arms, LearnerFactory factory, ObjectNode options) {
        if (arms.isMissingNode()) {
            return "";
        }
        if (!arms.isArray() || arms.isEmpty()) {
            throw new IllegalArgumentException("'arms' must be an array of names, such as [\"red\", \"blue\"], not "
                    + arms + "; their number alone goes to options.arms");
        }
        Set<String> names = new HashSet<>();
        for (JsonNode arm : arms) {
            if (!arm.isTextual() || arm.textValue().isBlank() || !names.add(arm.textValue())) {
                throw new IllegalArgumentException("'arms' must hold names, each once; " + arm + " is "
                        + (arm.isTextual() ? "empty or twice" : "no text"));
            }
        }
        if (!takesArms(factory)) {
            throw new IllegalArgumentException(
                    "'" + factory.name() + "' has no arms that could be named; leave 'arms' out, see GET /learners");
        }
        if (!options.has("arms")) {
            options.put("arms", arms.size());
        } else if (options.get("arms").asLong(-1) != arms.size()) {
            throw new IllegalArgumentException("there are " + arms.size() + " names of arms, and options.arms is "
                    + options.get("arms") + "; leave options.arms out, or name each arm");
        }
        return arms.toString();
    }

    private static Optional<Duration> expireAfter(JsonNode text) {
        if (text.isMissingNode()) {
            return Optional.empty();
        }
        try {
            Duration duration = Duration.parse(text.isTextual() ? text.textValue() : "");
            if (duration.isPositive()) {
                return Optional.of(duration);
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        throw new IllegalArgumentException("'expireAfter' must be a positive duration of ISO 8601 in days, hours,"
                + " minutes and seconds, such as \"PT90M\" or \"P3D\", not " + text);
    }
}
