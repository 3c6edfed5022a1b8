package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.state.State;
import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;

/**
 * A linear classifier by weighted logistic regression with a ridge. The classification cost is replaced by a convex one:
 * the result is not the true minimum, and {@link #isExact} says so.
 */
public final class LogisticOracle implements WeightedOracle {

    private static final String NAME = "logistic oracle";
    private static final int MOST_STEPS = 30;
    private static final double PRECISION = 1e-8;

    private final int features;
    private final double ridge;
    private final WeightedExamples history = new WeightedExamples();

    /**
     * @param features length of an instance
     * @param ridge weight of the squared norm, greater than 0
     */
    public LogisticOracle(int features, double ridge) {
        if (features < 1) {
            throw new IllegalArgumentException("there must be at least one feature, not " + features);
        }
        if (!(ridge > 0)) {
            throw new IllegalArgumentException("ridge must be positive, not " + ridge);
        }
        this.features = features;
        this.ridge = ridge;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isExact() {
        return false;
    }

    @Override
    public void add(double[] x, double weight) {
        history.add(x, weight);
    }

    @Override
    public void forget(double factor) {
        history.forget(factor);
    }

    @Override
    public Hypothesis best(double[][] points, double[] weights) {
        List<WeightedExamples.Example> examples = history.with(points, weights);
        double scale = examples.stream().mapToDouble(e -> Math.abs(e.weight())).sum();
        SimpleMatrix solution = new SimpleMatrix(features + 1, 1);
        for (int step = 0; step < MOST_STEPS && scale > 0; step++) {
            SimpleMatrix gradient = solution.scale(ridge);
            SimpleMatrix hessian = SimpleMatrix.identity(features + 1).scale(ridge);
            for (WeightedExamples.Example example : examples) {
                SimpleMatrix x = withIntercept(example.x());
                double probability = 1 / (1 + Math.exp(-x.dot(solution)));
                // A negative weight asks for acceptance: label 1, weighed by its size.
                double label = example.weight() < 0 ? 1 : 0;
                double weight = Math.abs(example.weight()) / scale;
                gradient = gradient.plus(weight * (probability - label), x);
                hessian = hessian.plus(weight * probability * (1 - probability), x.mult(x.transpose()));
            }
            SimpleMatrix change = hessian.solve(gradient);
            solution = solution.minus(change);
            if (change.normF() < PRECISION) {
                break;
            }
        }
        List<Double> slopes = new ArrayList<>();
        for (int i = 0; i < features; i++) {
            slopes.add(solution.get(i));
        }
        return new Hypothesis.Linear(slopes, -solution.get(features));
    }

    private SimpleMatrix withIntercept(double[] x) {
        SimpleMatrix column = new SimpleMatrix(features + 1, 1);
        for (int i = 0; i < features; i++) {
            column.set(i, x[i]);
        }
        column.set(features, 1);
        return column;
    }

    @Override
    public State state() {
        return State.of(NAME).put("history", history.state());
    }

    @Override
    public Runnable load(State saved) {
        return history.load(saved.require(NAME).state("history"));
    }
}
