package dev.steelyard.online.onesidedfair;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * The mixture of hypotheses of least error that is fair on all ordered pairs of a grid, by linear programming; only a
 * simulation knows enough for it.
 *
 * @param weights of the hypotheses, which sum to 1
 * @param error expected error per instance over the grid
 */
public record BestFairPolicy(double[] weights, double error) {

    /**
     * Solves the programme.
     *
     * @param grid points, equally likely
     * @param probabilityOfOne P(y = 1 | x)
     * @param tolerance alpha: what is tolerated beyond the dissimilarity; infinite for no constraint
     * @throws IllegalStateException if the programme has no solution, which a constant hypothesis excludes
     */
    public static BestFairPolicy find(
            List<? extends Hypothesis> hypotheses,
            double[][] grid,
            ToDoubleFunction<double[]> probabilityOfOne,
            Dissimilarity dissimilarity,
            double tolerance) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        Variable[] weights = new Variable[hypotheses.size()];
        Expression sum = model.addExpression("sum").level(1);
        for (int h = 0; h < weights.length; h++) {
            weights[h] = model.addVariable("w" + h).lower(0).weight(error(hypotheses.get(h), grid, probabilityOfOne));
            sum.set(weights[h], 1);
        }
        for (int i = 0; i < grid.length; i++) {
            for (int k = 0; k < grid.length; k++) {
                double bound = dissimilarity.between(grid[i], grid[k]) + tolerance;
                if (i == k || bound >= 1) {
                    continue;
                }
                Expression pair = model.addExpression("pair " + i + "," + k).upper(bound);
                for (int h = 0; h < weights.length; h++) {
                    int difference = (hypotheses.get(h).accepts(grid[i]) ? 1 : 0)
                            - (hypotheses.get(h).accepts(grid[k]) ? 1 : 0);
                    if (difference != 0) {
                        pair.set(weights[h], difference);
                    }
                }
            }
        }
        Optimisation.Result result = model.minimise();
        if (!result.getState().isFeasible()) {
            throw new IllegalStateException("no mixture of the hypotheses is fair on the grid within " + tolerance
                    + "; add a constant hypothesis, which always is");
        }
        double[] solution = new double[weights.length];
        Arrays.setAll(solution, h -> Math.max(0, result.doubleValue(h)));
        double total = Arrays.stream(solution).sum();
        double error = 0;
        for (int h = 0; h < solution.length; h++) {
            solution[h] /= total;
            error += solution[h] * error(hypotheses.get(h), grid, probabilityOfOne);
        }
        return new BestFairPolicy(solution, error);
    }

    /** The expected error per instance of a hypothesis over a grid. */
    public static double error(Hypothesis hypothesis, double[][] grid, ToDoubleFunction<double[]> probabilityOfOne) {
        double error = 0;
        for (double[] x : grid) {
            double one = probabilityOfOne.applyAsDouble(x);
            error += hypothesis.accepts(x) ? 1 - one : one;
        }
        return error / grid.length;
    }
}
