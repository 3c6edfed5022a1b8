package dev.steelyard.language.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.lora.LoraOptions.Initialisation;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraAdapterTest {

    private static final ModelConfig CONFIG = ModelConfig.of(13, 16, 2, 4, 16).withKeyValueHeads(2);
    private static final LoraOptions OPTIONS =
            LoraOptions.defaults().withRank(3).withAlpha(6).withTargets(LoraOptions.ALL_LINEAR);
    private static final Seeds SEEDS = Seeds.root(5);
    private static final long[] IDS = {1, 5, 12, 0, 7, 3};

    @TempDir
    Path folder;

    private final CausalLanguageModel model =
            CausalLanguageModel.initialise(CONFIG, Seeds.root(3).generator("model"));

    @AfterEach
    void close() {
        model.close();
    }

    private static double[] logits(CausalLanguageModel model) {
        try (Scope scope = Scope.open()) {
            return model.logits(Tensor.of(IDS, 1, IDS.length)).toDoubles();
        }
    }

    private static Tensor loss(LoraAdapter adapter) {
        Tensor ids = Tensor.of(IDS, 1, IDS.length);
        return adapter.loss(ids.narrow(1, 0, IDS.length - 1), ids.narrow(1, 1, IDS.length - 1));
    }

    /** As if trained: B is no longer zero. */
    private static LoraAdapter trained(LoraAdapter adapter) {
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            double[] next = {0.1};
            adapter.parameters().forEach((name, tensor) -> {
                if (name.contains("lora_B")) {
                    float[] values = new float[Math.toIntExact(tensor.count())];
                    for (int i = 0; i < values.length; i++) {
                        next[0] = -next[0] * 1.01 % 0.3;
                        values[i] = (float) next[0];
                    }
                    tensor.copyInPlace(Tensor.of(values, tensor.shape()));
                }
            });
        }
        return adapter;
    }

    @Test
    void atTheStartTheAdaptedModelIsTheBase() {
        double[] base = logits(model);
        try (LoraAdapter adapter = LoraAdapter.attach(model, OPTIONS, SEEDS)) {
            assertThat(logits(model)).isEqualTo(base);
            assertThat(adapter.parameters()).hasSize(2 * 7 * 2);
        }
    }

    @Test
    void onlyTheAdapterHasGradientsAndClosingItGivesTheBaseBack() {
        double[] base = logits(model);
        LoraAdapter adapter = trained(LoraAdapter.attach(model, OPTIONS, SEEDS));
        try (Scope scope = Scope.open()) {
            loss(adapter).backward();
            model.parameters()
                    .forEach(
                            (name, weight) -> assertThat(weight.grad()).as(name).isNull());
            adapter.parameters().forEach((name, tensor) -> {
                assertThat(tensor.grad()).as(name).isNotNull();
                assertThat(tensor.grad().norm().item()).as(name).isPositive();
            });
        }
        assertThat(logits(model)).isNotEqualTo(base);
        adapter.close();
        assertThat(logits(model)).isEqualTo(base);
        assertThat(model.parameters().values()).allMatch(Tensor::isDifferentiable);
    }

    /** By hand: every adapted layer's weight is {@code W + (6 / 3) B A}. */
    @Test
    void itComputesWithTheProductOfItsMatricesAndMergesAndUnmerges() {
        try (LoraAdapter adapter = trained(LoraAdapter.attach(model, OPTIONS, SEEDS));
                Scope scope = Scope.open()) {
            double[] adapted = logits(model);
            LinkedHashMap<String, double[]> before = new LinkedHashMap<>();
            model.parameters().forEach((name, weight) -> before.put(name, weight.toDoubles()));
            adapter.merge();
            adapter.merge();
            assertThat(adapter.isMerged()).isTrue();
            assertThat(logits(model)).containsExactly(adapted, within(1e-6));
            String name = "model.layers.1.mlp.down_proj.weight";
            double[] a = adapter.parameters().get(AdapterWeights.nameOfA(name)).toDoubles();
            double[] b = adapter.parameters().get(AdapterWeights.nameOfB(name)).toDoubles();
            int columns = CONFIG.intermediateSize();
            double[] merged = model.parameters().get(name).toDoubles();
            for (int row : new int[] {0, 7, 15}) {
                double sum = 0;
                for (int k = 0; k < 3; k++) {
                    sum += b[row * 3 + k] * a[k * columns + 5];
                }
                assertThat(merged[row * columns + 5])
                        .isCloseTo(before.get(name)[row * columns + 5] + 2 * sum, within(1e-7));
            }
            assertThatThrownBy(() -> loss(adapter)).hasMessageContaining("unmerge");
            adapter.unmerge();
            adapter.unmerge();
            assertThat(logits(model)).containsExactly(adapted, within(1e-6));
            model.parameters().forEach((other, weight) -> assertThat(weight.toDoubles())
                    .containsExactly(before.get(other), within(1e-6)));
        }
    }

    @Test
    void whatIsMergedStaysWhenTheAdapterIsClosed() {
        LoraAdapter adapter = trained(LoraAdapter.attach(model, OPTIONS, SEEDS));
        double[] adapted = logits(model);
        adapter.merge();
        adapter.close();
        assertThat(logits(model)).containsExactly(adapted, within(1e-6));
    }

    @Test
    void whatIsSavedIsLoadedBitByBit() throws Exception {
        LoraOptions options = OPTIONS.withTargets(List.of("v_proj", "model.layers.1.mlp.up_proj"))
                .withInitialisation(Initialisation.GAUSSIAN)
                .withDropout(0.25)
                .withBase("some/base");
        double[] adapted;
        try (LoraAdapter adapter = trained(LoraAdapter.attach(model, options, SEEDS))) {
            adapted = logits(model);
            adapter.save(folder);
            assertThat(adapter.parameters().keySet())
                    .containsExactly(
                            "base_model.model.model.layers.0.self_attn.v_proj.lora_A.weight",
                            "base_model.model.model.layers.0.self_attn.v_proj.lora_B.weight",
                            "base_model.model.model.layers.1.self_attn.v_proj.lora_A.weight",
                            "base_model.model.model.layers.1.self_attn.v_proj.lora_B.weight",
                            "base_model.model.model.layers.1.mlp.up_proj.lora_A.weight",
                            "base_model.model.model.layers.1.mlp.up_proj.lora_B.weight");
        }
        assertThat(logits(model)).isNotEqualTo(adapted);
        try (LoraAdapter loaded = LoraAdapter.load(model, folder, SEEDS)) {
            assertThat(loaded.options()).isEqualTo(options);
            assertThat(logits(model)).isEqualTo(adapted);
        }
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("adapter_config.json", "adapter_model.safetensors");
    }

    @Test
    void theFirstMatrixIsDrawnAsItsOptionSays() {
        ModelConfig wide = ModelConfig.of(13, 256, 1, 4, 16);
        for (Initialisation initialisation : Initialisation.values()) {
            LoraOptions options = LoraOptions.defaults().withInitialisation(initialisation);
            try (CausalLanguageModel large =
                            CausalLanguageModel.initialise(wide, Seeds.root(3).generator("model"));
                    LoraAdapter adapter = LoraAdapter.attach(large, options, SEEDS)) {
                double[] a = adapter.parameters().values().iterator().next().toDoubles();
                double deviation =
                        Math.sqrt(Arrays.stream(a).map(x -> x * x).average().orElseThrow());
                double largest = Arrays.stream(a).map(Math::abs).max().orElseThrow();
                // Uniform within 1/16 has the deviation 1/(16 sqrt 3).
                double expected = initialisation == Initialisation.KAIMING ? 1 / (16 * Math.sqrt(3)) : 1.0 / 8;
                assertThat(deviation).isCloseTo(expected, within(expected * 0.05));
                assertThat(largest < 1.0 / 16).isEqualTo(initialisation == Initialisation.KAIMING);
            }
        }
    }

    @Test
    void dropoutDrawsTheSameForTheSameBatchAndNothingInEvaluation() {
        double plain = lossOf(OPTIONS, Map.of());
        LoraOptions dropping = OPTIONS.withDropout(0.5);
        assertThat(lossOf(dropping, Map.of())).isEqualTo(plain);
        double fourth = lossOf(dropping, Map.of("batch", 4L));
        assertThat(fourth).isNotEqualTo(plain).isEqualTo(lossOf(dropping, Map.of("batch", 4L)));
        assertThat(lossOf(dropping, Map.of("batch", 5L))).isNotEqualTo(fourth);
        assertThat(lossOf(dropping, Map.of("batch", 4L, "evaluation", 0L))).isEqualTo(plain);
        double mean = 0;
        for (long batch = 0; batch < 400; batch++) {
            mean += lossOf(dropping, Map.of("batch", batch)) / 400;
        }
        // What is kept is scaled up, so that the mean stays: the loss moves only by what is of second order.
        assertThat(mean).isCloseTo(plain, within(0.05));
    }

    private double lossOf(LoraOptions options, Map<String, Long> told) {
        try (LoraAdapter adapter = trained(LoraAdapter.attach(model, options, SEEDS));
                Scope scope = Scope.open()) {
            if (told.containsKey("batch")) {
                adapter.beginBatch(told.get("batch"));
            }
            if (told.containsKey("evaluation")) {
                adapter.beginEvaluation();
            }
            return loss(adapter).item();
        }
    }

    @Test
    void aBaseOfSixteenBitsIsAdaptedInFloat32() throws Exception {
        model.save(folder);
        try (CausalLanguageModel half = CausalLanguageModel.load(folder, DType.BFLOAT16);
                LoraAdapter adapter = trained(LoraAdapter.attach(half, OPTIONS, SEEDS));
                Scope scope = Scope.open()) {
            double[] adapted = logits(half);
            loss(adapter).backward();
            adapter.parameters().values().forEach(tensor -> {
                assertThat(tensor.dtype()).isEqualTo(DType.FLOAT32);
                assertThat(tensor.grad().isFinite()).isTrue();
            });
            adapter.merge();
            assertThat(half.type()).isEqualTo(DType.BFLOAT16);
            assertThat(logits(half)).containsExactly(adapted, within(0.02));
        }
    }

    @Test
    void aLayerHasOneAdapterAndTargetsAreLayers() {
        assertThatThrownBy(() -> LoraAdapter.attach(model, OPTIONS.withTargets(List.of("q_proj", "lm_head")), SEEDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'lm_head'")
                .hasMessageContaining("down_proj");
        try (LoraAdapter first = LoraAdapter.attach(model, OPTIONS.withTargets(List.of("up_proj")), SEEDS)) {
            assertThatThrownBy(() -> LoraAdapter.attach(model, OPTIONS, SEEDS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("model.layers.0.mlp.up_proj.weight");
            // What the failed one had attached is gone.
            LoraAdapter.attach(model, OPTIONS.withTargets(List.of("q_proj")), SEEDS)
                    .close();
            first.merge();
            LoraAdapter.attach(model, OPTIONS, SEEDS).close();
        }
    }

    @Test
    void badOptionsAreNamed() {
        assertThatThrownBy(() -> OPTIONS.withRank(0))
                .hasMessageContaining("rank")
                .hasMessageContaining("0");
        assertThatThrownBy(() -> OPTIONS.withAlpha(-1)).hasMessageContaining("alpha");
        assertThatThrownBy(() -> OPTIONS.withDropout(1)).hasMessageContaining("dropout");
        assertThatThrownBy(() -> OPTIONS.withTargets(List.of())).hasMessageContaining("targets");
    }
}
