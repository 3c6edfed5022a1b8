package dev.steelyard.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.core.run.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options that a run was started with, {@code options.json} in its folder: one that is resumed with others would
 * be a third run that nobody asked for.
 */
final class StartedWith {

    private static final String NAME = "options.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StartedWith() {}

    /** Keeps the options of this command line, save those named. */
    static void write(Path folder, CommandSpec command, Set<String> free) {
        AtomicFiles.write(folder.resolve(NAME), Json.of(options(command, free)));
    }

    /**
     * Compares with what was kept.
     *
     * @throws IllegalArgumentException naming each option that differs
     * @throws IOException if the file cannot be read
     */
    static void require(Path folder, CommandSpec command, Set<String> free) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return;
        }
        Map<String, String> before;
        try {
            before = JSON.readValue(Files.readString(file), new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + ":" + e.getLocation().getLineNr() + " is not valid JSON (" + e.getOriginalMessage()
                            + "); take the file away to go on with the options of this command line",
                    e);
        }
        require("the run in " + folder, before, command, free);
    }

    /**
     * Compares with options that were kept elsewhere.
     *
     * @param run that was started with them, for the message
     * @throws IllegalArgumentException naming each option that differs
     */
    static void require(String run, Map<String, String> before, CommandSpec command, Set<String> free) {
        List<String> differences = new ArrayList<>();
        options(command, free).forEach((name, value) -> {
            String former = before.getOrDefault(name, value);
            if (!Objects.equals(former, value)) {
                differences.add(name + " was " + former + ", is " + value);
            }
        });
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(run + " was started with other options: "
                    + String.join("; ", differences) + ". Give the same, or another --out");
        }
    }

    /** The options of this command line, save those named. */
    static Map<String, String> options(CommandSpec command, Set<String> free) {
        Map<String, String> options = new TreeMap<>();
        for (OptionSpec option : command.options()) {
            if (!free.contains(option.longestName())) {
                options.put(option.longestName(), text(option.getValue()));
            }
        }
        return options;
    }

    private static String text(Object value) {
        return value instanceof Optional<?> optional
                ? optional.map(StartedWith::text).orElse("the default")
                : String.valueOf(value);
    }
}
