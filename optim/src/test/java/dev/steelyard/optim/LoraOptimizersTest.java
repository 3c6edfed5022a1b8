package dev.steelyard.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.lora.LoraAdapter;
import dev.steelyard.language.lora.LoraOptions;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.optim.adamp.AdamP;
import dev.steelyard.optim.adamp.AdamPOptions;
import dev.steelyard.optim.frugal.Frugal;
import dev.steelyard.optim.frugal.FrugalOptions;
import dev.steelyard.optim.frugal.Subspace;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An adapter's matrices are parameters like any others. */
class LoraOptimizersTest {

    private static final long[] IDS = {1, 5, 12, 0, 7, 3, 3, 9};

    private enum Choice {
        ADAMW(all -> new AdamW(all, new AdamWOptions(0.02, 0.9, 0.999, 1e-8, 0.01))),
        ADAM(all -> new Adam(all, new AdamOptions(0.02, 0.9, 0.999, 1e-8, 0))),
        SGD(all -> new Sgd(all, new SgdOptions(1, 0.9, 0, false, 0))),
        SIGN_SGD(all -> new SignSgd(all, new SignSgdOptions(0.02, 0))),
        LION(all -> new Lion(all, new LionOptions(0.02, 0.9, 0.99, 0))),
        ADAMP(all -> new AdamP(all, AdamPOptions.defaults().withLearningRate(0.02))),
        FRUGAL(all -> new Frugal(all, FrugalOptions.defaults().withLearningRate(0.02))),
        FRUGAL_COLUMNS(all ->
                new Frugal(all, FrugalOptions.defaults().withLearningRate(0.02).withSubspace(new Subspace.Columns()))),
        GALORE(all -> new Frugal(all, FrugalOptions.galore().withLearningRate(0.05)));

        private final Function<Map<String, Tensor>, Optimizer> make;

        Choice(Function<Map<String, Tensor>, Optimizer> make) {
            this.make = make;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOptimiserLearnsAnAdapterAndLeavesTheBase(Choice choice) {
        try (CausalLanguageModel model = CausalLanguageModel.initialise(
                        ModelConfig.of(13, 16, 2, 4, 16), Seeds.root(3).generator("model"));
                LoraAdapter adapter = LoraAdapter.attach(
                        model, LoraOptions.defaults().withTargets(LoraOptions.ALL_LINEAR), Seeds.root(1));
                Optimizer optimizer = choice.make.apply(adapter.parameters())) {
            Map<String, float[]> base = new LinkedHashMap<>();
            model.parameters().forEach((name, weight) -> base.put(name, weight.toFloats()));
            double first = Double.NaN;
            double last = Double.NaN;
            for (int step = 0; step < 25; step++) {
                try (Scope scope = Scope.open()) {
                    Tensor ids = Tensor.of(IDS, 1, IDS.length);
                    Tensor loss = adapter.loss(ids.narrow(1, 0, IDS.length - 1), ids.narrow(1, 1, IDS.length - 1));
                    loss.backward();
                    optimizer.step();
                    optimizer.zeroGrad();
                    last = loss.item();
                    first = step == 0 ? last : first;
                }
            }
            assertThat(last).isLessThan(first - 0.02);
            model.parameters().forEach((name, weight) -> assertThat(Arrays.equals(weight.toFloats(), base.get(name)))
                    .as(name)
                    .isTrue());
        }
    }
}
