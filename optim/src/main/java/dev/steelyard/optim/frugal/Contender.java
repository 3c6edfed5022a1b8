package dev.steelyard.optim.frugal;

import dev.steelyard.optim.AdamW;
import dev.steelyard.optim.AdamWOptions;
import dev.steelyard.optim.ParameterGroup;
import dev.steelyard.optim.SignSgd;
import dev.steelyard.optim.SignSgdOptions;
import dev.steelyard.optim.frugal.Subspace.Basis;
import dev.steelyard.optim.frugal.Subspace.Order;
import dev.steelyard.optim.frugal.Subspace.Side;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A method of the study with the rate that a grid over {1e-3, 3e-3, 1e-2, 3e-2} chose for it on the artificial
 * language, where only GaLore has a factor of its linear layers: its own, 0.25.
 */
enum Contender {
    ADAMW("AdamW", Rate.of(3e-3)),
    BLOCKS("FRUGAL blocks", Rate.of(3e-3)),
    COLUMNS("FRUGAL columns", Rate.of(3e-3)),
    SVD("FRUGAL SVD", Rate.of(3e-3)),
    NO_STATE("FRUGAL no state", Rate.of(3e-3)),
    GALORE("GaLore", new Rate(3e-2, 0.25)),
    BADAM("BAdam", Rate.of(1e-2)),
    SIGN_SGD("signSGD", Rate.of(1e-3));

    private static final double DENSITY = 0.25;

    private final String title;
    private final Rate characterRate;

    Contender(String title, Rate characterRate) {
        this.title = title;
        this.characterRate = characterRate;
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(Contender::title).toList();
    }

    String title() {
        return title;
    }

    /** On the artificial language. */
    Rate characterRate() {
        return characterRate;
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
            Map<String, Tensor> projectable, Map<String, Tensor> regular, Rate rate, int updateGap, long seed) {
        return switch (this) {
            case ADAMW ->
                new AdamW(List.of(
                        new ParameterGroup<>("linear", projectable, adamW(rate.ofLinearLayers())),
                        new ParameterGroup<>("rest", regular, adamW(rate.learningRate()))));
            case SIGN_SGD ->
                new SignSgd(List.of(
                        new ParameterGroup<>("linear", projectable, new SignSgdOptions(rate.ofLinearLayers(), 0)),
                        new ParameterGroup<>("rest", regular, new SignSgdOptions(rate.learningRate(), 0))));
            case BLOCKS, COLUMNS, SVD, NO_STATE, GALORE, BADAM ->
                new Frugal(
                        projectable,
                        regular,
                        frugal().withLearningRate(rate.learningRate())
                                .withStateFullScale(rate.linearFactor())
                                .withWeightDecay(0)
                                .withUpdateGap(updateGap)
                                .withSeed(seed));
        };
    }

    private FrugalOptions frugal() {
        FrugalOptions options = FrugalOptions.defaults().withDensity(DENSITY);
        return switch (this) {
            case BLOCKS -> options.withSubspace(new Subspace.Blocks(Order.RANDOM));
            case COLUMNS -> options.withSubspace(new Subspace.Columns());
            case SVD -> options.withSubspace(new Subspace.LowRank(Side.STANDARD, Basis.SINGULAR_VECTORS));
            case NO_STATE -> options.withDensity(0);
            case GALORE -> FrugalOptions.galore().withDensity(DENSITY);
            case BADAM -> FrugalOptions.badam().withDensity(DENSITY);
            case ADAMW, SIGN_SGD -> throw new IllegalStateException(this + " is not a case of FRUGAL");
        };
    }

    private static AdamWOptions adamW(double rate) {
        return new AdamWOptions(rate, 0.9, 0.999, 1e-8, 0);
    }

    /** Numbers of state that an optimiser of ours holds now. */
    static long stateNumbers(Optimizer optimizer) {
        return optimizer instanceof Frugal frugal ? frugal.stateNumbers() : optimizer.stateBytes() / Float.BYTES;
    }
}
