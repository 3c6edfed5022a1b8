package dev.steelyard.cli;

import dev.steelyard.optim.Adam;
import dev.steelyard.optim.AdamOptions;
import dev.steelyard.optim.AdamW;
import dev.steelyard.optim.AdamWOptions;
import dev.steelyard.optim.Lion;
import dev.steelyard.optim.LionOptions;
import dev.steelyard.optim.SignSgd;
import dev.steelyard.optim.SignSgdOptions;
import dev.steelyard.optim.adamp.AdamP;
import dev.steelyard.optim.adamp.AdamPOptions;
import dev.steelyard.optim.frugal.Frugal;
import dev.steelyard.optim.frugal.FrugalOptions;
import dev.steelyard.optim.frugal.Subspace;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** The optimisers that the command line offers, each with the learning rate it starts from. */
enum OptimizerChoice {
    ADAMW(1e-3),
    ADAM(1e-3),
    SIGNSGD(1e-4),
    LION(1e-4),
    ADAMP(1e-3),
    FRUGAL(1e-3),
    FRUGAL_COLUMNS(1e-3),
    GALORE(1e-2),
    BADAM(1e-3);

    private final double learningRate;

    OptimizerChoice(double learningRate) {
        this.learningRate = learningRate;
    }

    double learningRate() {
        return learningRate;
    }

    /**
     * The optimiser.
     *
     * @param projectable linear weights inside the blocks
     * @param regular all others
     */
    Optimizer over(Map<String, Tensor> projectable, Map<String, Tensor> regular, double rate, double decay) {
        Map<String, Tensor> all = new LinkedHashMap<>(projectable);
        all.putAll(regular);
        return switch (this) {
            case ADAMW -> new AdamW(all, new AdamWOptions(rate, 0.9, 0.999, 1e-8, decay));
            case ADAM -> new Adam(all, new AdamOptions(rate, 0.9, 0.999, 1e-8, decay));
            case SIGNSGD -> new SignSgd(all, new SignSgdOptions(rate, decay));
            case LION -> new Lion(all, new LionOptions(rate, 0.9, 0.99, decay));
            case ADAMP ->
                new AdamP(all, AdamPOptions.defaults().withLearningRate(rate).withWeightDecay(decay));
            case FRUGAL -> new Frugal(projectable, regular, with(FrugalOptions.defaults(), rate, decay));
            case FRUGAL_COLUMNS ->
                new Frugal(
                        projectable,
                        regular,
                        with(FrugalOptions.defaults(), rate, decay).withSubspace(new Subspace.Columns()));
            case GALORE -> new Frugal(projectable, regular, with(FrugalOptions.galore(), rate, decay));
            case BADAM -> new Frugal(projectable, regular, with(FrugalOptions.badam(), rate, decay));
        };
    }

    private static FrugalOptions with(FrugalOptions options, double rate, double decay) {
        return options.withLearningRate(rate).withWeightDecay(decay);
    }
}
