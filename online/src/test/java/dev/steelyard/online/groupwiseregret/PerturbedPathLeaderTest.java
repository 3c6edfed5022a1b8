package dev.steelyard.online.groupwiseregret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How often each path is drawn, against the law of the noise. */
class PerturbedPathLeaderTest {

    private static final double[] NOTHING = {};
    private static final int DRAWS = 40_000;

    private static void near(int count, double probability, String what) {
        double error = Math.sqrt(probability * (1 - probability) / DRAWS);
        assertThat(count / (double) DRAWS).as(what).isCloseTo(probability, within(4.5 * error + 1e-9));
    }

    /** Two edges side by side: noise differs by a Laplace variable of scale 1/eps, eps = 2 sqrt(ln 2 / T). */
    @Test
    void twoEdgesAreDrawnByLaplacesLaw() {
        Dag graph = new Dag(2, new int[] {0, 1}, new int[] {0, 1});
        for (int horizon : new int[] {1, 50}) {
            PerturbedPathLeader leader = new PerturbedPathLeader(graph, horizon, 7);
            leader.learn(NOTHING, new double[] {.2, .9});
            double eps = 2 * Math.sqrt(Math.log(2) / horizon);
            int first = 0;
            for (int draw = 0; draw < DRAWS; draw++) {
                first += leader.predict(NOTHING)[0] == 0 ? 1 : 0;
            }
            near(first, 1 - Math.exp(-eps * .7) / 2, "horizon " + horizon);
        }
    }

    /** Without a known number of rounds the noise grows with those seen. */
    @Test
    void theNoiseFollowsTheRoundsWhereTheirNumberIsUnknown() {
        Dag graph = new Dag(2, new int[] {0, 1}, new int[] {0, 1});
        PerturbedPathLeader leader = new PerturbedPathLeader(graph, 0, 8);
        for (int rounds = 0; rounds < 16; rounds++) {
            leader.learn(NOTHING, new double[] {.2, .25});
        }
        double eps = 2 * Math.sqrt(Math.log(2) / 16);
        int first = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            first += leader.predict(NOTHING)[0] == 0 ? 1 : 0;
        }
        near(first, 1 - Math.exp(-eps * .8) / 2, "sixteen rounds");
    }

    /** Eleven paths of unequal length, listed by hand and drawn with noise of another generator. */
    @Test
    void pathsAreDrawnAsOftenAsThePerturbedLeaderIsAmongAll() {
        Dag graph = new Dag(
                4,
                new int[] {0, 1},
                new int[] {0, 1},
                new int[] {1, 2},
                new int[] {1, 2},
                new int[] {2, 3},
                new int[] {0, 3},
                new int[] {1, 3},
                new int[] {2, 3});
        int[][] paths = {
            {5}, {0, 6}, {1, 6}, {0, 2, 4}, {0, 3, 4}, {1, 2, 4}, {1, 3, 4}, {0, 2, 7}, {0, 3, 7}, {1, 2, 7}, {1, 3, 7}
        };
        int horizon = 20;
        PerturbedPathLeader leader = new PerturbedPathLeader(graph, horizon, 9);
        double[] costs = {1, .4, .9, .2, .6, 2.5, 1.4, .8};
        double[] half = Arrays.stream(costs).map(c -> c / 4).toArray();
        for (int round = 0; round < 4; round++) {
            leader.learn(NOTHING, half);
        }
        int[] found = new int[paths.length];
        int[] expected = new int[paths.length];
        Random random = new Random(10);
        double mean = 1 / (2 * Math.sqrt(Math.log(8) / horizon));
        for (int draw = 0; draw < DRAWS; draw++) {
            int[] drawn = leader.predict(NOTHING);
            double[] noise = random.doubles(costs.length)
                    .map(u -> -mean * Math.log(1 - u))
                    .toArray();
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int p = 0; p < paths.length; p++) {
                double cost = 0;
                for (int e : paths[p]) {
                    cost += costs[e] - noise[e];
                }
                if (cost < least) {
                    least = cost;
                    best = p;
                }
                found[p] += Arrays.equals(paths[p], drawn) ? 1 : 0;
            }
            expected[best]++;
        }
        assertThat(Arrays.stream(found).sum()).isEqualTo(DRAWS);
        for (int p = 0; p < paths.length; p++) {
            double share = expected[p] / (double) DRAWS;
            double error = Math.sqrt(2 * share * (1 - share) / DRAWS);
            assertThat(found[p] / (double) DRAWS).as("path " + p).isCloseTo(share, within(4.5 * error + 1e-3));
        }
    }
}
