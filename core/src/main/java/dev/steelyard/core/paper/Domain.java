package dev.steelyard.core.paper;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The rooms of the third floor; a method lives in the module of its domain. */
public enum Domain {
    OPTIM("optim", "Optimisation"),
    FEDERATED("federated", "Federated learning"),
    ALIGNMENT("alignment", "Preference alignment"),
    REASONING("reasoning", "Reasoning and search"),
    ONLINE("online", "Bandits and online learning"),
    RANKING("ranking", "Ranking and votes"),
    FAIRNESS("fairness", "Fairness"),
    CONTROL("control", "Reinforcement learning"),
    TRANSFER("transfer", "Model merging and transfer"),
    ESTIMATION("estimation", "Estimation and evaluation");

    private final String module;
    private final String title;

    Domain(String module, String title) {
        this.module = module;
        this.title = title;
    }

    /** The module's name, {@code optim} for artifact {@code steelyard-optim}. */
    @JsonValue
    public String module() {
        return module;
    }

    /** What the domain is called in text, in sentence case. */
    public String title() {
        return title;
    }

    /**
     * The domain whose module bears this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    @JsonCreator
    public static Domain ofModule(String name) {
        return Arrays.stream(values())
                .filter(domain -> domain.module.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown domain '" + name + "'; known: "
                        + Arrays.stream(values()).map(Domain::module).collect(Collectors.joining(", "))));
    }
}
