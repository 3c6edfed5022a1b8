package dev.steelyard.online.linearmdp;

import dev.steelyard.core.state.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An episode that runs or waits for losses, with the policy that it was begun with. */
final class Episode {

    private static final String NAME = "episode";

    final long number;
    /** [layer][state][action], as actions are drawn. */
    final double[][][] policy;

    final int[] states;
    final int[] actions;
    final double[] losses;
    /** Steps that were decided. */
    int decided;
    /** Steps whose loss came or was given up. */
    int settled;

    boolean dropped;
    /** Whether it was broken off: no more steps will be decided. */
    boolean abandoned;
    /** The layer of the uniform action, for an episode that explores; -1 otherwise. */
    int exploredLayer = -1;

    Episode(long number, double[][][] policy) {
        this.number = number;
        this.policy = policy;
        this.states = new int[policy.length];
        this.actions = new int[policy.length];
        this.losses = new double[policy.length];
    }

    boolean isExecuted() {
        return decided == policy.length;
    }

    /** Whether nothing more will come of it. */
    boolean isSettled() {
        return settled == (abandoned ? decided : policy.length);
    }

    /** L_h, for all layers. */
    double[] suffixLosses() {
        double[] suffix = losses.clone();
        for (int h = suffix.length - 2; h >= 0; h--) {
            suffix[h] += suffix[h + 1];
        }
        return suffix;
    }

    State state() {
        return State.of(NAME)
                .put("number", number)
                .put("policy", Arrays.stream(policy).flatMap(Arrays::stream).toArray(double[][]::new))
                .put(
                        "layers",
                        Arrays.stream(policy).mapToInt(layer -> layer.length).toArray())
                .put("states", states)
                .put("actions", actions)
                .put("losses", losses)
                .put("decided", decided)
                .put("settled", settled)
                .put("dropped", dropped)
                .put("abandoned", abandoned)
                .put("exploredLayer", exploredLayer);
    }

    static Episode from(State saved) {
        double[][] rows = saved.require(NAME).matrix("policy");
        List<double[][]> layers = new ArrayList<>();
        int row = 0;
        for (long states : saved.integers("layers")) {
            layers.add(Arrays.copyOfRange(rows, row, row + (int) states));
            row += (int) states;
        }
        Episode episode = new Episode(saved.integer("number"), layers.toArray(double[][][]::new));
        int horizon = layers.size();
        long[] states = saved.integers("states", horizon);
        long[] actions = saved.integers("actions", horizon);
        for (int h = 0; h < horizon; h++) {
            episode.states[h] = (int) states[h];
            episode.actions[h] = (int) actions[h];
        }
        System.arraycopy(saved.doubles("losses", horizon), 0, episode.losses, 0, horizon);
        episode.decided = saved.smallInteger("decided");
        episode.settled = saved.smallInteger("settled");
        episode.dropped = saved.flag("dropped");
        episode.abandoned = saved.flag("abandoned");
        episode.exploredLayer = saved.smallInteger("exploredLayer");
        return episode;
    }
}
