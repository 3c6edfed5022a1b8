package dev.steelyard.optim.frugal;

import dev.steelyard.optim.AdamW;
import dev.steelyard.optim.AdamWOptions;
import dev.steelyard.optim.SignSgd;
import dev.steelyard.optim.SignSgdOptions;
import dev.steelyard.optim.frugal.Subspace.Basis;
import dev.steelyard.optim.frugal.Subspace.Order;
import dev.steelyard.optim.frugal.Subspace.Side;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A method of the study with the learning rate that a grid over {1e-3, 3e-3, 1e-2, 3e-2} chose for it on the
 * artificial language.
 */
enum Contender {
    ADAMW("AdamW", 3e-3),
    BLOCKS("FRUGAL blocks", 3e-3),
    COLUMNS("FRUGAL columns", 3e-3),
    SVD("FRUGAL SVD", 3e-3),
    NO_STATE("FRUGAL no state", 3e-3),
    GALORE("GaLore", 3e-2),
    BADAM("BAdam", 1e-2),
    SIGN_SGD("signSGD", 1e-3);

    /** The grid at scale full. */
    static final List<Double> GRID = List.of(1e-3, 3e-3, 1e-2, 3e-2);

    private static final double DENSITY = 0.25;

    private final String title;
    private final double learningRate;

    Contender(String title, double learningRate) {
        this.title = title;
        this.learningRate = learningRate;
    }

    String title() {
        return title;
    }

    double learningRate() {
        return learningRate;
    }

    static Contender titled(String title) {
        for (Contender contender : values()) {
            if (contender.title.equals(title)) {
                return contender;
            }
        }
        throw new IllegalArgumentException("no contender is called " + title);
    }

    /** The optimiser over a model's tensors. */
    Optimizer optimizer(
            Map<String, Tensor> projectable, Map<String, Tensor> regular, double rate, int updateGap, long seed) {
        FrugalOptions frugal = FrugalOptions.defaults()
                .withLearningRate(rate)
                .withWeightDecay(0)
                .withDensity(DENSITY)
                .withUpdateGap(updateGap)
                .withSeed(seed);
        Map<String, Tensor> all = new LinkedHashMap<>(projectable);
        all.putAll(regular);
        return switch (this) {
            case ADAMW -> new AdamW(all, new AdamWOptions(rate, 0.9, 0.999, 1e-8, 0));
            case SIGN_SGD -> new SignSgd(all, new SignSgdOptions(rate, 0));
            case BLOCKS -> new Frugal(projectable, regular, frugal.withSubspace(new Subspace.Blocks(Order.RANDOM)));
            case COLUMNS -> new Frugal(projectable, regular, frugal.withSubspace(new Subspace.Columns()));
            case SVD ->
                new Frugal(
                        projectable,
                        regular,
                        frugal.withSubspace(new Subspace.LowRank(Side.STANDARD, Basis.SINGULAR_VECTORS)));
            case NO_STATE -> new Frugal(projectable, regular, frugal.withDensity(0));
            case GALORE ->
                new Frugal(
                        projectable,
                        regular,
                        FrugalOptions.galore()
                                .withLearningRate(rate)
                                .withDensity(DENSITY)
                                .withUpdateGap(updateGap)
                                .withSeed(seed));
            case BADAM ->
                new Frugal(
                        projectable,
                        regular,
                        FrugalOptions.badam()
                                .withLearningRate(rate)
                                .withDensity(DENSITY)
                                .withUpdateGap(updateGap)
                                .withSeed(seed));
        };
    }

    /** Numbers of state that an optimiser of ours holds now. */
    static long stateNumbers(Optimizer optimizer) {
        return optimizer instanceof Frugal frugal ? frugal.stateNumbers() : optimizer.stateBytes() / Float.BYTES;
    }
}
