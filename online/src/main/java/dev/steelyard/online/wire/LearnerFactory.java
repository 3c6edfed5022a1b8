package dev.steelyard.online.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Makes learners of one kind from JSON options, for services that know learners by name only. */
public interface LearnerFactory {

    /** The learner's name, such as {@code ucb1}. */
    String name();

    /** One sentence: what it does and when to take it. */
    String description();

    /** Its options, for help and for checking. */
    List<Option> options();

    /** What a context, an action and an outcome look like, one sentence each. */
    Shapes shapes();

    /**
     * Makes a learner.
     *
     * @param options the options' values; those left out take their defaults
     * @param seed of the learner's own random numbers
     * @throws IllegalArgumentException if an option is unknown, missing or out of range; the message names it
     */
    JsonLearner<?, ?, ?> create(JsonNode options, long seed);

    /**
     * An option.
     *
     * @param name in JSON
     * @param type {@code integer}, {@code number}, {@code boolean}, {@code string}, {@code array} or {@code object}
     * @param required whether it has no default
     * @param description what it does, its default and range
     */
    record Option(String name, String type, boolean required, String description) {}

    /**
     * What goes over the wire.
     *
     * @param context of a decision; empty for none
     * @param action that is decided
     * @param outcome that comes back
     */
    record Shapes(String context, String action, String outcome) {}
}
