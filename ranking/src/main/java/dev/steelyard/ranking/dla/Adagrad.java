package dev.steelyard.ranking.dla;

import dev.steelyard.core.state.State;
import java.util.Arrays;

/** Adagrad with gradient clipping by norm: acc += g^2, theta -= rate g / sqrt(acc), acc starting at 0.1. */
final class Adagrad {

    private static final String NAME = "adagrad";
    private static final double FIRST_ACCUMULATOR = .1;

    private final double rate;
    private final double largestNorm;
    private final double[] accumulator;

    Adagrad(int parameters, double rate, double largestNorm) {
        this.rate = rate;
        this.largestNorm = largestNorm;
        this.accumulator = new double[parameters];
        restart();
    }

    void restart() {
        Arrays.fill(accumulator, FIRST_ACCUMULATOR);
    }

    void step(double[] parameters, double[] gradient) {
        double norm = 0;
        for (double entry : gradient) {
            norm += entry * entry;
        }
        norm = Math.sqrt(norm);
        double scale = norm > largestNorm ? largestNorm / norm : 1;
        for (int i = 0; i < parameters.length; i++) {
            double entry = scale * gradient[i];
            accumulator[i] += entry * entry;
            parameters[i] -= rate * entry / Math.sqrt(accumulator[i]);
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
