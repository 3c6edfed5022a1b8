package dev.steelyard.cli;

import dev.steelyard.language.model.TrainableModel;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The optimiser of a model's training. */
final class OptimizerOptions {

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "adamw",
            description = "${COMPLETION-CANDIDATES} (default: adamw).")
    private OptimizerChoice choice;

    @Option(names = "--learning-rate", paramLabel = "R", description = "Peak; default: the optimiser's.")
    private Optional<Double> learningRate;

    @Option(
            names = "--weight-decay",
            paramLabel = "D",
            defaultValue = "0",
            description = "In the optimiser's own way, decoupled for adamw (default: 0).")
    private double weightDecay;

    /** Fails on values that no optimiser takes, before any work. */
    void validate() {
        double rate = rate();
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("--learning-rate must be positive and finite, was " + rate);
        }
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("--weight-decay must be finite and at least 0, was " + weightDecay);
        }
    }

    Optimizer over(TrainableModel model) {
        Map<String, Tensor> regular = new LinkedHashMap<>(model.parameters());
        Map<String, Tensor> projectable = new LinkedHashMap<>();
        model.projectable().forEach(name -> projectable.put(name, regular.remove(name)));
        return choice.over(projectable, regular, rate(), weightDecay);
    }

    private double rate() {
        return learningRate.orElse(choice.learningRate());
    }
}
