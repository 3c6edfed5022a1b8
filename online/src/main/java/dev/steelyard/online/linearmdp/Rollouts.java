package dev.steelyard.online.linearmdp;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Trajectories of a policy in a simulator, all of them a layer at a time. Each has random numbers of its own, so that the
 * simulator may answer several at once with the same result; the policy is asked by one thread only.
 */
final class Rollouts {

    private final Simulator simulator;
    private final boolean parallel;

    Rollouts(Simulator simulator, boolean parallel) {
        this.simulator = simulator;
        this.parallel = parallel;
    }

    /** The probabilities of the actions in a state. */
    interface StatePolicy {
        double[] at(int layer, int state);
    }

    /** Hears of a visit. */
    interface Visitor {
        void visit(int layer, int trajectory, int state, int action);
    }

    /** How many states a layer has. */
    interface States {
        int in(int layer);
    }

    /**
     * Runs trajectories from state 0 of layer 0 to the last layer.
     *
     * @param root of which each trajectory's generator is split
     * @throws IllegalStateException if the simulator leaves a layer's states
     */
    void run(int trajectories, int horizon, States states, StatePolicy policy, SplittableRandom root, Visitor visitor) {
        SplittableRandom[] own = new SplittableRandom[trajectories];
        Arrays.setAll(own, n -> root.split());
        int[] at = new int[trajectories];
        int[] actions = new int[trajectories];
        for (int h = 0; h < horizon; h++) {
            for (int n = 0; n < trajectories; n++) {
                actions[n] = Draws.from(policy.at(h, at[n]), own[n]);
                visitor.visit(h, n, at[n], actions[n]);
            }
            if (h + 1 < horizon) {
                int layer = h;
                int next = states.in(h + 1);
                IntStream all = IntStream.range(0, trajectories);
                (parallel ? all.parallel() : all)
                        .forEach(n -> at[n] = SimulatedModel.next(simulator, layer, at[n], actions[n], next, own[n]));
            }
        }
    }
}
