package dev.steelyard.online.linearmdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.online.Decision;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Both forms of policy optimisation against the formulas written out anew. */
class WrittenOutTest {

    /** A tiny MDP with its tables at hand. */
    private record Tiny(double[][][][] phi, double[][][][] transitions) {

        static Tiny draw(int horizon, int states, int actions, int dimension, long seed) {
            RestorableRandom random = new RestorableRandom(seed);
            double[][][][] phi = new double[horizon][][][];
            double[][][][] transitions = new double[horizon - 1][][][];
            for (int h = 0; h < horizon; h++) {
                int here = h == 0 ? 1 : states;
                phi[h] = new double[here][actions][dimension];
                for (int x = 0; x < here; x++) {
                    for (int a = 0; a < actions; a++) {
                        for (int i = 0; i < dimension; i++) {
                            // Of both signs, so that magnitudes are there to be reduced.
                            phi[h][x][a][i] = (2 * random.nextDouble() - 1) / Math.sqrt(dimension);
                        }
                    }
                }
                if (h + 1 < horizon) {
                    transitions[h] = new double[here][actions][states];
                    for (double[][] state : transitions[h]) {
                        for (double[] row : state) {
                            double sum = 0;
                            for (int y = 0; y < states; y++) {
                                row[y] = .1 + random.nextDouble();
                                sum += row[y];
                            }
                            for (int y = 0; y < states; y++) {
                                row[y] /= sum;
                            }
                        }
                    }
                }
            }
            return new Tiny(phi, transitions);
        }

        LinearMdp mdp() {
            return new LinearMdp(phi, transitions);
        }
    }

    private static List<LinearMdpOptions> options(LinearMdp mdp) {
        List<LinearMdpOptions> all = new ArrayList<>();
        for (LinearMdpOptions preset : List.of(
                LinearMdpOptions.logBarrier(mdp, 30, 3),
                LinearMdpOptions.magnitudeReduced(mdp, 30, 1),
                LinearMdpOptionsBuilder.builder(LinearMdpOptions.dilated2021(mdp, 30, 1))
                        .inverse(LinearMdpOptions.Inverse.REGULARISED)
                        .build())) {
            for (LinearMdpOptions.Bonus bonus : LinearMdpOptions.Bonus.values()) {
                all.add(LinearMdpOptionsBuilder.builder(preset)
                        .bonus(bonus)
                        .bonusScale(.1)
                        .build());
            }
        }
        return all;
    }

    /** Plays an episode, and lets the written-out form learn the same. */
    private static void episode(
            EpisodicLearner learner, SlowPolicyOptimisation slow, LinearMdp mdp, RestorableRandom world) {
        int horizon = mdp.horizon();
        int[] states = new int[horizon];
        int[] actions = new int[horizon];
        double[] losses = new double[horizon];
        List<Runnable> late = new ArrayList<>();
        for (int h = 0; h < horizon; h++) {
            Decision<Integer> decision = learner.decide(new MdpState(h, states[h]));
            actions[h] = decision.action();
            losses[h] = world.nextDouble();
            double loss = losses[h];
            late.addFirst(() -> learner.feedback(decision.id(), loss));
            if (h + 1 < horizon) {
                states[h + 1] = mdp.sample(h, states[h], actions[h], world);
            }
        }
        // The last step's loss comes first.
        late.forEach(Runnable::run);
        slow.learn(states, actions, losses);
    }

    private static void same(EpisodicLearner learner, SlowPolicyOptimisation slow, LinearMdp mdp, double precision) {
        for (int h = 0; h < mdp.horizon(); h++) {
            for (int x = 0; x < mdp.states(h); x++) {
                assertThat(learner.policy(new MdpState(h, x)))
                        .as("layer " + h + ", state " + x)
                        .containsExactly(slow.policy(h, x), within(precision));
            }
        }
    }

    @Property(tries = 25)
    void theTableIsTheFormulas(
            @ForAll @IntRange(min = 1, max = 3) int horizon,
            @ForAll @IntRange(min = 1, max = 3) int states,
            @ForAll @IntRange(min = 1, max = 3) int actions,
            @ForAll @IntRange(min = 1, max = 3) int dimension,
            @ForAll long seed) {
        Tiny tiny = Tiny.draw(horizon, states, actions, dimension, seed);
        LinearMdp mdp = tiny.mdp();
        for (LinearMdpOptions options : options(mdp)) {
            AdversarialMdpLearner learner = new AdversarialMdpLearner(mdp, mdp.model(), options, seed);
            SlowPolicyOptimisation slow = new SlowPolicyOptimisation(tiny.phi(), tiny.transitions(), options);
            RestorableRandom world = new RestorableRandom(seed + 1);
            for (int episode = 0; episode < 5; episode++) {
                episode(learner, slow, mdp, world);
            }
            for (int h = 0; h < horizon; h++) {
                for (int x = 0; x < mdp.states(h); x++) {
                    assertThat(learner.costs()[h][x]).containsExactly(slow.costs[h][x], within(1e-8));
                }
            }
            same(learner, slow, mdp, 1e-8);
        }
    }

    /** The history form simulates what the formulas take exactly: with many trajectories and samples it nears them. */
    @Test
    void theHistoryNearsTheFormulas() {
        long seed = 0;
        Tiny tiny = Tiny.draw(3, 2, 2, 2, seed);
        LinearMdp mdp = tiny.mdp();
        for (LinearMdpOptions options : options(mdp)) {
            // Without the large learning rates of few episodes, which magnify the noise of a simulation.
            LinearMdpOptions calm = LinearMdpOptionsBuilder.builder(options)
                    .learningRate(.4)
                    .regularisation(.2)
                    .build();
            HistoryLearner learner = new HistoryLearner(mdp, mdp, calm, new HistoryOptions(5_000, 500, 1, 1000), seed);
            SlowPolicyOptimisation slow = new SlowPolicyOptimisation(tiny.phi(), tiny.transitions(), calm);
            RestorableRandom world = new RestorableRandom(seed + 1);
            double moved = 0;
            for (int episode = 0; episode < 8; episode++) {
                episode(learner, slow, mdp, world);
            }
            same(learner, slow, mdp, .015);
            for (int h = 0; h < 3; h++) {
                moved = Math.max(moved, Math.abs(slow.policy(h, 0)[0] - .5));
            }
            assertThat(moved)
                    .as("the policy has moved by more than the tolerance")
                    .isGreaterThan(.03);
        }
    }
}
