package dev.steelyard.cli;

import dev.steelyard.ranking.dla.ClickLoss;
import dev.steelyard.ranking.dla.DualOptions;
import dev.steelyard.ranking.dla.MultilayerPerceptron;
import dev.steelyard.ranking.dla.StepRule;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The ranker's shape and how it learns. */
final class LearningOptions {

    private static final double RATE_OF_PLACES = .5;
    private static final double RATE_OF_NETWORK = .05;

    @Option(
            names = "--hidden",
            paramLabel = "SIZES",
            split = ",",
            defaultValue = "32",
            description = "Hidden layers of the ranker (default: 32; the paper has 512,256,128); 0 for a linear one.")
    private List<Integer> hidden;

    @Option(
            names = "--positions",
            paramLabel = "N",
            defaultValue = "10",
            description = "Places with a propensity; longer lists are cut (default: 10).")
    private int positions;

    @Option(names = "--rate", paramLabel = "R", defaultValue = "0.05", description = "The ranker's (default: 0.05).")
    private double rate;

    @Option(
            names = "--propensity-rate",
            paramLabel = "R",
            description = "The propensities' (default: 0.5, with --previous-clicks 0.05).")
    private Optional<Double> propensityRate = Optional.empty();

    @Option(
            names = "--loss",
            paramLabel = "NAME",
            defaultValue = "softmax",
            description = "Of dla: softmax (default) or sigmoid.")
    private ClickLoss loss;

    @Option(names = "--previous-clicks", description = "Let dla's propensity of a place depend on the clicks above it.")
    private boolean previousClicks;

    @Option(
            names = "--largest-weight",
            paramLabel = "W",
            description = "Cut inverse propensities there; default: no cut.")
    private Optional<Double> largestWeight = Optional.empty();

    @Option(names = "--l2", paramLabel = "L", defaultValue = "0", description = "L2 penalty of dla (default: 0).")
    private double l2;

    @Option(
            names = "--step-rule",
            paramLabel = "NAME",
            defaultValue = "adagrad",
            description = "Of dla: adagrad (default) or sgd, whose rate does not fall.")
    private StepRule stepRule;

    /** @throws IllegalArgumentException naming what is out of range */
    DualOptions options() {
        for (int size : hidden) {
            if (size < 1 && hidden.size() > 1 || size < 0) {
                throw new IllegalArgumentException("--hidden must be positive numbers, or 0 alone, not " + hidden);
            }
        }
        return new DualOptions(
                positions,
                rate,
                propensityRate.orElse(previousClicks ? RATE_OF_NETWORK : RATE_OF_PLACES),
                DualOptions.DEFAULT.largestNorm(),
                largestWeight.orElse(DualOptions.DEFAULT.largestWeight()),
                loss,
                previousClicks,
                l2,
                stepRule);
    }

    MultilayerPerceptron scorer(int features, long seed) {
        boolean linear = hidden.equals(List.of(0));
        int[] sizes = new int[linear ? 2 : hidden.size() + 2];
        sizes[0] = features;
        sizes[sizes.length - 1] = 1;
        for (int layer = 1; layer < sizes.length - 1; layer++) {
            sizes[layer] = hidden.get(layer - 1);
        }
        return new MultilayerPerceptron(seed, sizes);
    }
}
