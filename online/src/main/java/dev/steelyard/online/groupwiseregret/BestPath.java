package dev.steelyard.online.groupwiseregret;

/** Paths through a graph: the path of least summed cost. */
public final class BestPath implements Hindsight<double[]> {

    private final PathTask task;
    private final double[] summed;

    public BestPath(Dag graph) {
        this.task = new PathTask(graph);
        this.summed = new double[graph.edges()];
    }

    @Override
    public void add(double[] x, double[] costs) {
        for (int e = 0; e < summed.length; e++) {
            summed[e] += costs[e];
        }
    }

    @Override
    public double loss() {
        return task.loss(task.graph().argmin(summed), summed);
    }
}
