package dev.steelyard.ranking.dla;

import dev.steelyard.core.state.State;
import java.util.Arrays;

/** Steps along gradients that carry an L2 penalty and are clipped by norm. */
final class GradientSteps {

    private static final String NAME = "gradient steps";
    private static final double FIRST_ACCUMULATOR = .1;

    private final StepRule rule;
    private final double rate;
    private final double largestNorm;
    private final double l2;
    private final double[] accumulator;

    /** @param l2 strength of the penalty l2/2 |theta|^2, biases included */
    GradientSteps(int parameters, StepRule rule, double rate, double largestNorm, double l2) {
        this.rule = rule;
        this.rate = rate;
        this.largestNorm = largestNorm;
        this.l2 = l2;
        this.accumulator = new double[rule == StepRule.ADAGRAD ? parameters : 0];
        restart();
    }

    /** Adagrad without a penalty, clipped at the default norm. */
    static GradientSteps adagrad(int parameters, double rate) {
        return new GradientSteps(parameters, StepRule.ADAGRAD, rate, DualOptions.DEFAULT.largestNorm(), 0);
    }

    void restart() {
        Arrays.fill(accumulator, FIRST_ACCUMULATOR);
    }

    /** @param gradient of the loss alone; overwritten */
    void step(double[] parameters, double[] gradient) {
        for (int i = 0; l2 > 0 && i < gradient.length; i++) {
            gradient[i] += l2 * parameters[i];
        }
        double norm = 0;
        for (double entry : gradient) {
            norm += entry * entry;
        }
        norm = Math.sqrt(norm);
        double scale = norm > largestNorm ? largestNorm / norm : 1;
        if (rule == StepRule.SGD) {
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] -= rate * scale * gradient[i];
            }
            return;
        }
        for (int i = 0; i < parameters.length; i++) {
            double entry = scale * gradient[i];
            double sum = accumulator[i] + entry * entry;
            accumulator[i] = sum;
            parameters[i] -= rate * entry / Math.sqrt(sum);
        }
    }

    State state() {
        return State.of(NAME).put("accumulator", accumulator);
    }

    Runnable load(State saved) {
        double[] read = saved.require(NAME).doubles("accumulator", accumulator.length);
        return () -> System.arraycopy(read, 0, accumulator, 0, read.length);
    }
}
