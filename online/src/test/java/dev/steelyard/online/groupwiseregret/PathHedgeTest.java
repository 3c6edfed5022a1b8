package dev.steelyard.online.groupwiseregret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.state.State;
import dev.steelyard.online.experts.Hedge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PathHedgeTest {

    /** All paths of a graph, by following every edge from the source. */
    private static List<int[]> enumerate(Dag graph) {
        List<int[]> whole = new ArrayList<>();
        extend(graph, 0, new int[0], whole);
        return whole;
    }

    private static void extend(Dag graph, int node, int[] soFar, List<int[]> whole) {
        if (node == graph.nodes() - 1) {
            whole.add(soFar);
            return;
        }
        for (int edge : graph.leaving(node)) {
            int[] longer = Arrays.copyOf(soFar, soFar.length + 1);
            longer[soFar.length] = edge;
            extend(graph, graph.head(edge), longer, whole);
        }
    }

    private static double cost(int[] path, double[] costs) {
        return Arrays.stream(path).mapToDouble(e -> costs[e]).sum();
    }

    private static void isHedgeOverPaths(Dag graph, double rate, long seed) {
        List<int[]> paths = enumerate(graph);
        assertThat(graph.paths()).isEqualTo(paths.size());
        PathHedge pushed = new PathHedge(graph, rate, seed);
        Hedge listed = new Hedge(paths.size(), rate);
        int[] all = IntStream.range(0, paths.size()).toArray();
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            double[] costs = random.doubles(graph.edges()).toArray();
            double[] weights = listed.weigh(all, null);
            double[] losses =
                    paths.stream().mapToDouble(path -> cost(path, costs)).toArray();
            double expected = 0;
            double[] edges = new double[graph.edges()];
            for (int p = 0; p < losses.length; p++) {
                expected += weights[p] * losses[p];
                for (int e : paths.get(p)) {
                    edges[e] += weights[p];
                }
                assertThat(pushed.probability(new double[0], paths.get(p))).isCloseTo(weights[p], within(1e-12));
            }
            assertThat(pushed.edgeProbabilities()).containsExactly(edges, within(1e-12));
            assertThat(pushed.expectedCost(costs)).isCloseTo(expected, within(1e-11));
            pushed.learn(new double[0], costs);
            listed.learn(all, weights, null, losses);
        }
    }

    /** The study's graph: 33 edges, 81 paths. */
    @Test
    void itIsHedgeOverTheEnumeratedPathsOfTheStudysGraph() {
        Dag graph = Dag.layered(4, 3);
        assertThat(graph.paths()).isEqualTo(81);
        isHedgeOverPaths(graph, PathHedge.rate(graph, 2000), 1);
        isHedgeOverPaths(graph, .5, 2);
    }

    @Property(tries = 60)
    void itIsHedgeOverTheEnumeratedPathsOfAnyGraph(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 6) int nodes,
            @ForAll @DoubleRange(min = .01, max = 3) double rate) {
        Random random = new Random(seed);
        List<int[]> edges = new ArrayList<>(List.of(new int[] {0, nodes - 1}));
        for (int u = 0; u < nodes; u++) {
            for (int v = u + 1; v < nodes; v++) {
                if (random.nextDouble() < .6) {
                    edges.add(new int[] {u, v});
                }
            }
        }
        isHedgeOverPaths(new Dag(nodes, edges.toArray(int[][]::new)), rate, seed);
    }

    @Test
    void pathsAreDrawnAsOftenAsTheirWeights() {
        Dag graph = Dag.layered(2, 2);
        PathHedge hedge = new PathHedge(graph, 1, 3);
        hedge.learn(new double[0], new Random(4).doubles(graph.edges()).toArray());
        int[] seen = new int[graph.edges()];
        int draws = 20_000;
        for (int draw = 0; draw < draws; draw++) {
            for (int edge : hedge.predict(new double[0])) {
                seen[edge]++;
            }
        }
        double[] probabilities = hedge.edgeProbabilities();
        for (int e = 0; e < seen.length; e++) {
            double deviation = Math.sqrt(draws * probabilities[e] * (1 - probabilities[e]));
            assertThat((double) seen[e]).isCloseTo(draws * probabilities[e], within(4.5 * deviation));
        }
    }

    @Test
    void onePathIsExactHugeCostsDoNotOverflowAndDeadEndsAreNeverEntered() {
        Dag single = new Dag(3, new int[] {0, 1}, new int[] {1, 2});
        PathHedge certain = new PathHedge(single, 1, 1);
        assertThat(certain.predict(new double[0])).containsExactly(0, 1);
        assertThat(certain.expectedCost(new double[] {.25, .5})).isEqualTo(.75);
        // Node 1 is a dead end.
        Dag dead = new Dag(4, new int[] {0, 1}, new int[] {0, 2}, new int[] {2, 3}, new int[] {0, 3});
        PathHedge hedge = new PathHedge(dead, 1, 1);
        assertThat(hedge.edgeProbabilities()).containsExactly(new double[] {0, .5, .5, .5}, within(1e-12));
        hedge.learn(new double[0], new double[] {0, 1e5, 1e5, 1e6});
        assertThat(hedge.edgeProbabilities()).containsExactly(0, 1, 1, 0);
        for (int draw = 0; draw < 20; draw++) {
            assertThat(hedge.predict(new double[0])).containsExactly(1, 2);
        }
        assertThatThrownBy(() -> new PathHedge(dead, 0, 1)).hasMessageContaining("rate");
        assertThatThrownBy(() -> PathHedge.rate(dead, 0)).hasMessageContaining("rounds");
    }

    @Test
    void goesOnWhereItStopped() {
        Dag graph = Dag.layered(3, 2);
        PathHedge hedge = new PathHedge(graph, .3, 5);
        hedge.learn(new double[0], new Random(1).doubles(graph.edges()).toArray());
        hedge.predict(new double[0]);
        hedge.forget(.5);
        PathHedge restored = new PathHedge(graph, .3, 6);
        restored.load(State.fromJson(hedge.state().toJson())).run();
        for (int round = 0; round < 20; round++) {
            assertThat(restored.predict(new double[0])).isEqualTo(hedge.predict(new double[0]));
        }
    }
}
