package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.online.Decision;
import java.util.random.RandomGenerator;

/** One learner of paths whose edges cost more or less for two overlapping groups. */
final class PathTrial {

    static final String[] GROUPS = {"A", "B", "all"};
    private static final double SHARE_A = .5;
    private static final double SHARE_B = .4;

    private PathTrial() {}

    static void run(String method, int rounds, TrialContext context) throws InterruptedException {
        Dag graph = Dag.layered(4, 3);
        PathTask task = new PathTask(graph);
        RandomGenerator world = context.seeds().generator("world");
        double[][] shifts = new double[2][graph.edges()];
        for (double[] shift : shifts) {
            for (int e = 0; e < shift.length; e++) {
                shift[e] = world.nextBoolean() ? .3 : -.3;
            }
        }
        boolean single = method.equals(GroupwiseStudy.SINGLE);
        boolean hedge = method.equals(GroupwiseStudy.HEDGE);
        long seed = context.seeds().child("noise").value();
        GroupwiseLearner<int[], double[]> learner = new GroupwiseLearner<>(
                single ? 1 : 3,
                g -> hedge
                        ? new PathHedge(graph, PathHedge.rate(graph, rounds), seed + g)
                        : new PerturbedPathLeader(graph, rounds, seed + g),
                task,
                PredictionMode.RANDOMISED,
                seed - 1);
        double[] losses = new double[3];
        double[][] summed = new double[3][graph.edges()];
        for (int t = 0; t < rounds; t++) {
            boolean a = world.nextDouble() < SHARE_A;
            boolean b = world.nextDouble() < SHARE_B;
            double[] costs = new double[graph.edges()];
            for (int e = 0; e < costs.length; e++) {
                double mean = .5 + (a ? shifts[0][e] : 0) + (b ? shifts[1][e] : 0);
                costs[e] = world.nextDouble() < Math.clamp(mean, .02, .98) ? 1 : 0;
            }
            int[] active = a && b ? new int[] {0, 1, 2} : a ? new int[] {0, 2} : b ? new int[] {1, 2} : new int[] {2};
            Decision<int[]> decision =
                    learner.decide(new GroupedInstance(new double[0], single ? new int[] {0} : active));
            double[] probabilities = learner.probabilities(decision.id());
            double loss = 0;
            for (int i = 0; i < probabilities.length; i++) {
                double own = hedge
                        ? ((PathHedge) learner.expert(active[i])).expectedCost(costs) / graph.longestPath()
                        : task.loss(learner.predictions(decision.id()).get(i), costs);
                loss += probabilities[i] * own;
            }
            for (int group : active) {
                losses[group] += loss;
                for (int e = 0; e < costs.length; e++) {
                    summed[group][e] += costs[e];
                }
            }
            learner.feedback(decision.id(), costs);
            if (t % 500 == 0) {
                context.progress(t, rounds);
            }
        }
        for (int group = 0; group < 3; group++) {
            double best = task.loss(graph.argmin(summed[group]), summed[group]);
            context.metric(GROUPS[group], losses[group] - best);
        }
    }
}
