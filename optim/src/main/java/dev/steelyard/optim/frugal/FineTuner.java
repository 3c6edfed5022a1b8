package dev.steelyard.optim.frugal;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.lora.LoraAdapter;
import dev.steelyard.language.lora.LoraOptions;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.optim.AdamW;
import dev.steelyard.optim.AdamWOptions;
import dev.steelyard.optim.ParameterGroup;
import dev.steelyard.optim.frugal.Subspace.Basis;
import dev.steelyard.optim.frugal.Subspace.Side;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A way to fine-tune. Each trains the head; embedding and norms are frozen under all but {@link #ADAMW}, as in the
 * paper's fine-tuning. The state of FRUGAL's columns, of GaLore and of LoRA is as nearly the same as whole columns and
 * ranks allow.
 */
enum FineTuner {
    ADAMW("AdamW on all weights"),
    COLUMNS("FRUGAL columns"),
    NO_STATE("FRUGAL no state"),
    GALORE("GaLore"),
    LORA("LoRA"),
    HEAD("head only");

    /** The paper's for LoRA. */
    private static final int RANK = 8;

    /** GaLore's basis is state too: with rank 10 it holds as much as LoRA with rank 8. */
    private static final int GALORE_RANK = 10;

    private static final double WEIGHT_DECAY = 0.1;

    /** {@code r} of the paper's fine-tuning. */
    private static final double STATE_FREE_SCALE = 0.1;

    private static final int UPDATE_GAP = 50;

    private final String title;

    FineTuner(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(FineTuner::title).toList();
    }

    static FineTuner titled(String title) {
        return Arrays.stream(values())
                .filter(tuner -> tuner.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no way to fine-tune is called " + title));
    }

    /** What is tried for it; the head alone has no linear layers to scale. */
    List<Rate> grid() {
        return this == HEAD
                ? FineTuningTrials.GRID.stream()
                        .filter(rate -> rate.linearFactor() == 1)
                        .toList()
                : FineTuningTrials.GRID;
    }

    /** What trains, and what is to be closed after. */
    record Training(Optimizer optimizer, AutoCloseable adapter) implements AutoCloseable {

        @Override
        public void close() throws Exception {
            optimizer.close();
            adapter.close();
        }
    }

    /** Freezes what the method leaves alone, and makes its optimiser. */
    Training over(Classifier classifier, Rate rate, Seeds seeds) {
        CausalLanguageModel model = classifier.model();
        Map<String, Tensor> rest = model.parameters();
        Map<String, Tensor> linear = new LinkedHashMap<>();
        model.projectable().forEach(name -> linear.put(name, rest.remove(name)));
        Map<String, Tensor> head = Map.of("head", classifier.head());
        if (this != ADAMW) {
            rest.values().forEach(tensor -> tensor.requiresGrad(false));
        }
        return switch (this) {
            case ADAMW -> {
                Map<String, Tensor> all = new LinkedHashMap<>(linear);
                all.putAll(rest);
                yield new Training(adamW(all, head, rate), () -> {});
            }
            case HEAD -> {
                linear.values().forEach(tensor -> tensor.requiresGrad(false));
                yield new Training(new AdamW(head, adamW(rate.learningRate())), () -> {});
            }
            case LORA -> {
                LoraOptions options = LoraOptions.defaults().withRank(RANK).withTargets(LoraOptions.ALL_LINEAR);
                LoraAdapter adapter = LoraAdapter.attach(model, options, seeds.child("adapter"));
                yield new Training(adamW(adapter.parameters(), head, rate), adapter);
            }
            case COLUMNS, NO_STATE, GALORE -> {
                FrugalOptions options = frugal(linear)
                        .withLearningRate(rate.learningRate())
                        .withStateFullScale(rate.linearFactor())
                        .withWeightDecay(WEIGHT_DECAY)
                        .withUpdateGap(UPDATE_GAP)
                        .withSeed(seeds.child("choices").value());
                yield new Training(new Frugal(linear, head, options), () -> {});
            }
        };
    }

    private FrugalOptions frugal(Map<String, Tensor> linear) {
        FrugalOptions options =
                FrugalOptions.defaults().withSubspace(new Subspace.Columns()).withStateFreeScale(STATE_FREE_SCALE);
        if (this == GALORE) {
            long side = linear.values().stream()
                    .mapToLong(matrix -> Math.min(matrix.size(0), matrix.size(1)))
                    .min()
                    .orElseThrow();
            return FrugalOptions.galore()
                    .withSubspace(new Subspace.LowRank(Side.STANDARD, Basis.SINGULAR_VECTORS))
                    .withDensity(Math.min(1, (double) GALORE_RANK / side));
        }
        return this == NO_STATE
                ? options.withDensity(0)
                : options.withDensity(FrugalOptions.densityOfRank(RANK, linear.values(), linear.values()));
    }

    private static Optimizer adamW(Map<String, Tensor> body, Map<String, Tensor> head, Rate rate) {
        return new AdamW(List.of(
                new ParameterGroup<>("body", body, adamW(rate.ofLinearLayers())),
                new ParameterGroup<>("head", head, adamW(rate.learningRate()))));
    }

    private static AdamWOptions adamW(double rate) {
        return new AdamWOptions(rate, 0.9, 0.999, 1e-8, WEIGHT_DECAY);
    }
}
