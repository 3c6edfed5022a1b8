package dev.steelyard.online.linearmdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.RestorableRandom;
import org.junit.jupiter.api.Test;

class KnowledgeTest {

    private static final LinearMdp MDP = LinearMdp.random(3, 4, 2, 3, new RestorableRandom(7));
    private static final double[][][] UNIFORM = Tables.uniform(MDP);

    private static double[][][] bonus() {
        double[][][] bonus = Tables.zeros(MDP);
        RestorableRandom random = new RestorableRandom(3);
        for (double[][] layer : bonus) {
            for (double[] state : layer) {
                for (int a = 0; a < state.length; a++) {
                    state[a] = random.nextDouble();
                }
            }
        }
        return bonus;
    }

    @Test
    void occupanciesSumToOneAndSimulationNearsThem() {
        RestorableRandom random = new RestorableRandom(1);
        double[][][] exact = MDP.model().occupancy(UNIFORM, random);
        double[][][] simulated = new SimulatedModel(MDP, 50_000, 1).occupancy(UNIFORM, random);
        for (int h = 0; h < 3; h++) {
            double[] weights = Tables.flat(exact[h]);
            assertThat(java.util.Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
            assertThat(Tables.flat(simulated[h])).containsExactly(weights, within(.01));
        }
    }

    @Test
    void theDilatedBonusIsAtLeastTheBonusAndEqualInTheLastLayer() {
        double[][][] bonus = bonus();
        double[][][] dilated = MDP.model().accumulate(bonus, UNIFORM, Bonuses.dilation(3), new RestorableRandom(1));
        assertThat(Tables.flat(dilated[2])).isEqualTo(Tables.flat(bonus[2]));
        double[] all = Tables.flat(dilated);
        double[] own = Tables.flat(bonus);
        for (int i = 0; i < all.length; i++) {
            assertThat(all[i]).isGreaterThanOrEqualTo(own[i]);
        }
    }

    @Test
    void oneSampleOfTheDilatedBonusIsUnbiased() {
        double[][][] bonus = bonus();
        double[] exact =
                Tables.flat(MDP.model().accumulate(bonus, UNIFORM, Bonuses.dilation(3), new RestorableRandom(1)));
        double[] mean = new double[exact.length];
        RestorableRandom random = new RestorableRandom(2);
        SimulatedModel simulated = new SimulatedModel(MDP, 1, 1);
        int runs = 10_000;
        for (int run = 0; run < runs; run++) {
            double[] sampled = Tables.flat(simulated.accumulate(bonus, UNIFORM, Bonuses.dilation(3), random));
            for (int i = 0; i < mean.length; i++) {
                mean[i] += sampled[i] / runs;
            }
        }
        assertThat(mean).containsExactly(exact, within(.03));
    }

    @Test
    void valuesAgreeWithDynamicProgramming() {
        double[][][] losses = bonus();
        double uniform = MDP.value(UNIFORM, losses);
        double best = MDP.bestValue(losses);
        assertThat(best).isLessThan(uniform);
        // A policy that is greedy for the exact values reaches the best value: enumerate one layer at a time.
        double[][][] policy = Tables.uniform(MDP);
        for (int sweep = 0; sweep < 3; sweep++) {
            double[][][] q = MDP.model().accumulate(losses, policy, 1, null);
            for (int h = 0; h < 3; h++) {
                for (int x = 0; x < q[h].length; x++) {
                    policy[h][x][0] = q[h][x][0] <= q[h][x][1] ? 1 : 0;
                    policy[h][x][1] = 1 - policy[h][x][0];
                }
            }
        }
        assertThat(MDP.value(policy, losses)).isCloseTo(best, within(1e-12));
    }

    @Test
    void badModelsAreNamed() {
        assertThatThrownBy(() -> new KnownModel(new double[][][][] {{{{.5, .4}}}}))
                .hasMessageContaining("layer 0, state 0, action 0");
        assertThatThrownBy(() -> LinearMdp.bandit(new double[] {1, 1})).hasMessageContaining("norm");
        assertThatThrownBy(() -> new SimulatedModel((layer, state, action, random) -> 9, 1, 1)
                        .occupancy(UNIFORM, new RestorableRandom(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("to state 9");
    }
}
