package dev.steelyard.language.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CausalLanguageModelTest {

    private static final long[] IDS = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
    private static final long[] INPUTS = Arrays.copyOf(IDS, IDS.length - 1);
    private static final long[] TARGETS = Arrays.copyOfRange(IDS, 1, IDS.length);

    /** Two layers, four heads over two key-value heads, a head dimension that is not hidden/heads. */
    static final ModelConfig GROUPED = ModelConfig.of(11, 16, 2, 4, 32)
            .withKeyValueHeads(2)
            .withHeadDimension(6)
            .withIntermediateSize(24);

    /** Weights ten times those of training, so that attention and gates are far from linear. */
    static CausalLanguageModel model(ModelConfig config) {
        CausalLanguageModel model =
                CausalLanguageModel.initialise(config, Seeds.root(7).generator("model"));
        try (NoGrad noGrad = NoGrad.open()) {
            model.parameters().values().forEach(tensor -> {
                if (tensor.dimensions() == 2) {
                    tensor.timesInPlace(10);
                } else {
                    tensor.select(0, 1).addInPlace(0.5);
                }
            });
        }
        return model;
    }

    private static Tensor ids(long[] ids) {
        return Tensor.of(ids, 1, ids.length);
    }

    private static void agreesWithReference(ModelConfig config) {
        try (CausalLanguageModel model = model(config);
                Scope scope = Scope.open()) {
            double[] logits = model.logits(ids(IDS)).toDoubles();
            double[] expected = Arrays.stream(new ReferenceModel(model).logits(IDS))
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            assertThat(Arrays.stream(expected).map(Math::abs).max().orElseThrow())
                    .isGreaterThan(0.5);
            assertThat(logits).containsExactly(expected, within(1e-5));
        }
    }

    @Test
    void logitsAgreeWithLoopsOverDoubles() {
        agreesWithReference(GROUPED);
    }

    @Test
    void logitsAgreeWithLoopsWhenTheHeadIsNotTied() {
        agreesWithReference(
                GROUPED.withTieWordEmbeddings(false).withKeyValueHeads(4).withRopeTheta(100));
    }

    @Test
    void lossAndTokenLogProbabilitiesAreThoseOfTheReference() {
        try (CausalLanguageModel model = model(GROUPED);
                Scope scope = Scope.open()) {
            ReferenceModel reference = new ReferenceModel(model);
            double loss = reference.loss(INPUTS, TARGETS);
            assertThat(model.loss(ids(INPUTS), ids(TARGETS)).item()).isCloseTo(loss, within(1e-6));
            Tensor logProbabilities = model.tokenLogProbabilities(ids(IDS));
            assertThat(logProbabilities.shape()).containsExactly(1, IDS.length - 1);
            assertThat(-logProbabilities.mean().item()).isCloseTo(loss, within(1e-6));
            double[][] logits = reference.logits(INPUTS);
            assertThat(logProbabilities.toDoubles()[4])
                    .isCloseTo(ReferenceModel.logProbability(logits[4], (int) IDS[5]), within(1e-5));
        }
    }

    @Test
    void everyParametersGradientIsThatOfFiniteDifferences() {
        try (CausalLanguageModel model = model(GROUPED.withTieWordEmbeddings(false));
                Scope scope = Scope.open()) {
            model.loss(ids(INPUTS), ids(TARGETS)).backward();
            ReferenceModel reference = new ReferenceModel(model);
            double step = 1e-5;
            for (Map.Entry<String, Tensor> entry : model.parameters().entrySet()) {
                double[] weights = reference.weights.get(entry.getKey());
                double[] gradient = entry.getValue().grad().toDoubles();
                // Entry 5 of the embedding is of token 0, which does not occur: take one of token 3 with it.
                for (int at : new int[] {0, 5, Math.min(50, weights.length - 1)}) {
                    double before = weights[at];
                    weights[at] = before + step;
                    double above = reference.loss(INPUTS, TARGETS);
                    weights[at] = before - step;
                    double below = reference.loss(INPUTS, TARGETS);
                    weights[at] = before;
                    assertThat(gradient[at])
                            .as("%s[%d]", entry.getKey(), at)
                            .isCloseTo((above - below) / (2 * step), within(1e-5));
                }
            }
        }
    }

    @Test
    void cachedLogitsAreThoseOfTheWholeSequence() {
        try (CausalLanguageModel model = model(GROUPED);
                KeyValueCache cache = model.cache(2, IDS.length);
                Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            long[] other = {7, 7, 0, 10, 8, 2, 2, 1, 0, 4};
            long[] both = java.util.stream.LongStream.concat(Arrays.stream(IDS), Arrays.stream(other))
                    .toArray();
            Tensor ids = Tensor.of(both, 2, IDS.length);
            Tensor all = model.logits(ids);
            Tensor last = model.nextLogits(ids.narrow(1, 0, 4), cache);
            for (int t = 4; t < IDS.length; t++) {
                assertThat(last.toDoubles())
                        .containsExactly(all.select(1, t - 1).toDoubles(), within(1e-5));
                last = model.nextLogits(ids.narrow(1, t, 1), cache);
            }
            assertThat(cache.length()).isEqualTo(IDS.length);
            assertThatThrownBy(() -> model.nextLogits(ids.narrow(1, 0, 1), cache))
                    .hasMessageContaining("no room");
        }
    }

    @Test
    void rotaryTablesGrowWithTheText() {
        ModelConfig longer = GROUPED.withMaxPositions(2000);
        long[] many = new long[1500];
        Arrays.setAll(many, i -> i * 7 % 11);
        try (CausalLanguageModel model = model(longer);
                Scope scope = Scope.open()) {
            double[] start = model.logits(ids(Arrays.copyOf(many, 10))).toDoubles();
            double[] all = model.logits(ids(many)).toDoubles();
            assertThat(Arrays.copyOf(all, start.length)).containsExactly(start, within(1e-5));
            double[] reference = new ReferenceModel(model).logits(many)[1499];
            assertThat(Arrays.copyOfRange(all, 1499 * 11, 1500 * 11)).containsExactly(reference, within(1e-4));
        }
    }

    @Test
    void projectableAreTheMatricesOfTheBlocks() {
        try (CausalLanguageModel model = model(GROUPED.withTieWordEmbeddings(false))) {
            List<String> names = model.projectable();
            assertThat(names).hasSize(14).doesNotContain("lm_head.weight", "model.embed_tokens.weight");
            assertThat(model.parameters().keySet()).containsAll(names);
            assertThat(names).allMatch(name -> model.parameters().get(name).dimensions() == 2);
            assertThat(model.parameters().values().stream()
                            .mapToLong(Tensor::count)
                            .sum())
                    .isEqualTo(model.config().parameterCount());
        }
    }

    @Test
    void refusesTextsThatAreTooLongOrMisshapen() {
        try (CausalLanguageModel model = model(GROUPED);
                Scope scope = Scope.open()) {
            assertThatThrownBy(() -> model.logits(ids(new long[33])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("33 tokens")
                    .hasMessageContaining("32 positions");
            assertThatThrownBy(() -> model.logits(Tensor.of(IDS, IDS.length))).hasMessageContaining("(batch, length)");
            assertThatThrownBy(() -> model.tokenLogProbabilities(ids(new long[1])))
                    .hasMessageContaining("second");
        }
    }
}
