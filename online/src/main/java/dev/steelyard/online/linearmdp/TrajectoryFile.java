package dev.steelyard.online.linearmdp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.core.text.ByteOrderMark;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Trajectories as JSON lines, one a step: {@code {"episode": 7, "step": 0, "state": 0, "action": 2, "loss": 0.25,
 * "propensity": 0.5}}, with {@code "explored_layer"} in the first step of an episode that explored. The steps of an episode
 * stand together, counted from 0.
 */
public final class TrajectoryFile {

    private static final JsonMapper JSON = new JsonMapper();

    private TrajectoryFile() {}

    /**
     * Reads a file.
     *
     * @param mdp whose horizon, states and actions the trajectories must fit
     * @throws IllegalArgumentException if a line is malformed or does not fit; the message names file and line
     */
    public static List<Trajectory> read(Path file, LayeredMdp mdp) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return read(file.toString(), reader, mdp);
        }
    }

    /**
     * Reads lines.
     *
     * @param place names the source in errors
     */
    public static List<Trajectory> read(String place, BufferedReader reader, LayeredMdp mdp) throws IOException {
        List<Trajectory> read = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        List<Trajectory.Step> steps = new ArrayList<>();
        long episode = 0;
        int explored = -1;
        String text;
        ByteOrderMark.skip(reader);
        for (long line = 1; (text = reader.readLine()) != null; line++) {
            if (text.isBlank()) {
                continue;
            }
            String at = place + ":" + line + ": ";
            JsonNode json = parse(text, at);
            long own = number(json, "episode", at, Long.MAX_VALUE);
            if (steps.isEmpty()) {
                episode = own;
                explored = json.hasNonNull("explored_layer")
                        ? (int) number(json, "explored_layer", at, mdp.horizon() - 1L)
                        : -1;
                if (!seen.add(own)) {
                    throw new IllegalArgumentException(at + "episode " + own + " came before; a trajectory has "
                            + mdp.horizon() + " steps, which stand together");
                }
            } else if (own != episode) {
                throw tooShort(at, episode, steps.size(), mdp);
            }
            steps.add(step(json, at, steps.size(), mdp));
            if (steps.size() == mdp.horizon()) {
                read.add(new Trajectory(episode, steps, explored));
                steps.clear();
            }
        }
        if (!steps.isEmpty()) {
            throw tooShort(place + ": at its end ", episode, steps.size(), mdp);
        }
        return read;
    }

    private static IllegalArgumentException tooShort(String at, long episode, int steps, LayeredMdp mdp) {
        return new IllegalArgumentException(at + "episode " + episode + " ends after " + steps + " of " + mdp.horizon()
                + " steps; leave out episodes that were broken off");
    }

    private static JsonNode parse(String text, String at) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(at + "the line is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException(at + "the line must be a JSON object, not " + text);
    }

    private static Trajectory.Step step(JsonNode json, String at, int expected, LayeredMdp mdp) {
        long step = number(json, "step", at, Integer.MAX_VALUE);
        if (step != expected) {
            throw new IllegalArgumentException(
                    at + "step " + step + " stands where step " + expected + " is due; steps count from 0");
        }
        int state = (int) number(json, "state", at, mdp.states(expected) - 1L);
        int action = (int) number(json, "action", at, mdp.actions() - 1L);
        try {
            return new Trajectory.Step(state, action, real(json, "loss", at), real(json, "propensity", at));
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith(at) ? e : new IllegalArgumentException(at + e.getMessage(), e);
        }
    }

    private static long number(JsonNode json, String name, String at, long largest) {
        JsonNode value = json.path(name);
        if (!value.canConvertToExactIntegral() || value.longValue() < 0 || value.longValue() > largest) {
            throw new IllegalArgumentException(at + "'" + name + "' must be an integer from 0"
                    + (largest == Long.MAX_VALUE ? "" : " to " + largest) + ", not "
                    + (value.isMissingNode() ? "missing" : value));
        }
        return value.longValue();
    }

    private static double real(JsonNode json, String name, String at) {
        JsonNode value = json.path(name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(
                    at + "'" + name + "' must be a number, not " + (value.isMissingNode() ? "missing" : value));
        }
        return value.doubleValue();
    }

    /** The lines of a trajectory, each with its line end, to be appended to a log. */
    public static String lines(Trajectory trajectory) {
        StringBuilder lines = new StringBuilder();
        for (int h = 0; h < trajectory.steps().size(); h++) {
            Trajectory.Step step = trajectory.steps().get(h);
            ObjectNode json = JSON.createObjectNode()
                    .put("episode", trajectory.episode())
                    .put("step", h)
                    .put("state", step.state())
                    .put("action", step.action())
                    .put("loss", step.loss())
                    .put("propensity", step.propensity());
            if (h == 0 && trajectory.exploredLayer() >= 0) {
                json.put("explored_layer", trajectory.exploredLayer());
            }
            lines.append(json).append('\n');
        }
        return lines.toString();
    }
}
