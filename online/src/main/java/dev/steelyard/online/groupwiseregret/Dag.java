package dev.steelyard.online.groupwiseregret;

import dev.steelyard.online.Oracle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A directed graph without cycles, whose nodes are numbered in topological order: node 0 is the source, the last one the
 * sink. Its oracle is the shortest path, for costs of any sign.
 */
public final class Dag implements Oracle<int[]> {

    private final int nodes;
    private final int[] from;
    private final int[] to;
    /** The edges that leave each node, by number. */
    private final int[][] leaving;

    private final int longest;

    /** @param edges pairs (u, v) with u below v */
    public Dag(int nodes, int[]... edges) {
        if (nodes < 2) {
            throw new IllegalArgumentException("a graph needs a source and a sink, so at least 2 nodes, not " + nodes);
        }
        this.nodes = nodes;
        this.from = new int[edges.length];
        this.to = new int[edges.length];
        for (int e = 0; e < edges.length; e++) {
            from[e] = edges[e][0];
            to[e] = edges[e][1];
            if (from[e] < 0 || to[e] >= nodes || from[e] >= to[e]) {
                throw new IllegalArgumentException("edge " + e + " goes from " + from[e] + " to " + to[e]
                        + "; nodes are numbered from 0 to " + (nodes - 1) + " in topological order");
            }
        }
        this.leaving = new int[nodes][];
        Arrays.setAll(leaving, node -> IntStream.range(0, from.length)
                .filter(e -> from[e] == node)
                .toArray());
        double[] unit = new double[edges.length];
        Arrays.fill(unit, -1);
        this.longest = argmin(unit).length;
    }

    /** Layers of so many nodes between source and sink, each joined with all of the next. */
    public static Dag layered(int layers, int width) {
        List<int[]> edges = new ArrayList<>();
        int sink = layers * width + 1;
        for (int layer = 0; layer <= layers; layer++) {
            for (int u = 0; u < (layer == 0 ? 1 : width); u++) {
                for (int v = 0; v < (layer == layers ? 1 : width); v++) {
                    int tail = layer == 0 ? 0 : 1 + (layer - 1) * width + u;
                    int head = layer == layers ? sink : 1 + layer * width + v;
                    edges.add(new int[] {tail, head});
                }
            }
        }
        return new Dag(sink + 1, edges.toArray(int[][]::new));
    }

    public int edges() {
        return from.length;
    }

    public int nodes() {
        return nodes;
    }

    /** The node that an edge leads to. */
    public int head(int edge) {
        return to[edge];
    }

    /** The edges that leave a node, in order; not to be changed. */
    int[] leaving(int node) {
        return leaving[node];
    }

    /** How many paths lead from source to sink; a double, for there may be very many. */
    public double paths() {
        double[] onward = new double[nodes];
        onward[nodes - 1] = 1;
        for (int node = nodes - 2; node >= 0; node--) {
            for (int e : leaving[node]) {
                onward[node] += onward[to[e]];
            }
        }
        return onward[0];
    }

    /** The most edges that a path has. */
    public int longestPath() {
        return longest;
    }

    /** The edges of a shortest path, from source to sink. */
    @Override
    public int[] argmin(double[] costs) {
        double[] distance = new double[nodes];
        int[] by = new int[nodes];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        Arrays.fill(by, -1);
        distance[0] = 0;
        for (int node = 0; node < nodes; node++) {
            for (int e : leaving[node]) {
                if (distance[node] + costs[e] < distance[to[e]]) {
                    distance[to[e]] = distance[node] + costs[e];
                    by[to[e]] = e;
                }
            }
        }
        if (by[nodes - 1] < 0) {
            throw new IllegalArgumentException("no path leads from node 0 to node " + (nodes - 1));
        }
        List<Integer> path = new ArrayList<>();
        for (int node = nodes - 1; node != 0; node = from[by[node]]) {
            path.addFirst(by[node]);
        }
        return path.stream().mapToInt(e -> e).toArray();
    }
}
