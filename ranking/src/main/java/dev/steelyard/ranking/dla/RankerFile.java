package dev.steelyard.ranking.dla;

import dev.steelyard.core.run.AtomicFiles;
import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A ranker on disk, finished or on its way: what learnt it, how far it is, and all that going on needs.
 *
 * @param algorithm name of what learnt it
 * @param options that it was started with, by name
 * @param step steps done
 * @param steps to be done
 * @param propensities of the places relative to the first; empty where the algorithm knows none
 * @param learner the learner's snapshot, with the scorer under {@code scorer}
 */
public record RankerFile(
        String algorithm,
        Map<String, String> options,
        long step,
        long steps,
        List<Double> propensities,
        State learner) {

    private static final String OWNER = "steelyard ranker";

    public RankerFile {
        options = Map.copyOf(options);
        propensities = List.copyOf(propensities);
    }

    /** Writes it in place of what is there, whole or not at all. */
    public void write(Path file) {
        List<State> named = new TreeMap<>(options)
                .entrySet().stream()
                        .map(entry ->
                                State.of("option").put("name", entry.getKey()).put("value", entry.getValue()))
                        .toList();
        State state = State.of(OWNER)
                .put("algorithm", algorithm)
                .put("options", named)
                .put("step", step)
                .put("steps", steps)
                .put("propensities", propensities.stream().mapToDouble(p -> p).toArray())
                .put("learner", learner);
        AtomicFiles.write(file, state.toJson() + "\n");
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException naming the file, if it is something else
     */
    public static RankerFile read(Path file) throws IOException {
        try {
            State state = State.fromJson(Files.readString(file)).require(OWNER);
            Map<String, String> options = new TreeMap<>();
            state.states("options").forEach(option -> options.put(option.text("name"), option.text("value")));
            return new RankerFile(
                    state.text("algorithm"),
                    options,
                    state.integer("step"),
                    state.integer("steps"),
                    Arrays.stream(state.doubles("propensities")).boxed().toList(),
                    state.state("learner"));
        } catch (StateException e) {
            throw new IllegalArgumentException(
                    file + " is no ranker of 'ultr train': " + e.getMessage() + "; train it anew", e);
        }
    }

    /** The ranker alone. */
    public MultilayerPerceptron ranker() {
        return MultilayerPerceptron.from(learner.state("scorer"));
    }

    /** Whether all its steps are done. */
    public boolean isFinished() {
        return step >= steps;
    }
}
