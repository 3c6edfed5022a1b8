package dev.steelyard.online.linearmdp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.core.run.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Policies as JSON, [layer][state][action], to be used without their learner. */
public final class PolicyFile {

    private static final JsonMapper JSON = new JsonMapper();
    private static final double ROUNDING = 1e-9;

    private PolicyFile() {}

    /** Writes a policy; the file appears when it is whole. */
    public static void write(Path file, double[][][] policy) {
        try {
            AtomicFiles.write(file, JSON.writeValueAsString(policy) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a table of numbers must be writable", e);
        }
    }

    /**
     * Reads a policy.
     *
     * @param mdp whose layers, states and actions it must fit
     * @throws IllegalArgumentException if it is none, or of another shape; the message names the file and the place
     */
    public static double[][][] read(Path file, LayeredMdp mdp) throws IOException {
        double[][][] policy;
        try {
            policy = JSON.readValue(Files.readString(file), double[][][].class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + " holds no policy, an array [layer][state][action]: " + e.getOriginalMessage(), e);
        }
        require(policy.length == mdp.horizon(), file + " has " + policy.length + " layers, not " + mdp.horizon());
        for (int h = 0; h < policy.length; h++) {
            String layer = file + ", layer " + h;
            require(
                    policy[h].length == mdp.states(h),
                    layer + " has " + policy[h].length + " states, not " + mdp.states(h));
            for (int x = 0; x < policy[h].length; x++) {
                double sum = 0;
                for (double probability : policy[h][x]) {
                    sum += probability >= 0 ? probability : Double.NaN;
                }
                require(
                        policy[h][x].length == mdp.actions() && Math.abs(sum - 1) < ROUNDING,
                        layer + ", state " + x + " must have " + mdp.actions() + " probabilities that sum to 1");
            }
        }
        return policy;
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
