package dev.steelyard.language.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.ModelConfig;
import dev.steelyard.language.tokenizer.BytePairOptions;
import dev.steelyard.language.tokenizer.BytePairTrainer;
import dev.steelyard.language.tokenizer.Tokenizer;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TextGeneratorTest {

    private static final ModelConfig CONFIG = ModelConfig.of(300, 16, 2, 4, 48).withKeyValueHeads(2);
    private static final long[] PROMPT = {5, 17, 250};

    private static CausalLanguageModel model(ModelConfig config) {
        CausalLanguageModel model =
                CausalLanguageModel.initialise(config, Seeds.root(1).generator("model"));
        try (NoGrad noGrad = NoGrad.open()) {
            // Larger weights make texts that do not repeat one token.
            model.parameters().values().stream()
                    .filter(tensor -> tensor.dimensions() == 2)
                    .forEach(tensor -> tensor.timesInPlace(15));
        }
        return model;
    }

    @Test
    void cachedGreedyTextIsThatOfComputingAllAnew() {
        try (CausalLanguageModel model = model(CONFIG.withTieWordEmbeddings(false))) {
            List<Long> cached = new TextGenerator(model)
                    .generate(PROMPT, SamplingOptions.greedy(30))
                    .tokens();
            List<Long> anew = new ArrayList<>();
            long[] text = PROMPT;
            for (int i = 0; i < 30; i++) {
                try (Scope scope = Scope.open()) {
                    Tensor logits = model.logits(Tensor.of(text, 1, text.length));
                    long next =
                            (long) logits.select(1, text.length - 1).argmax().item();
                    anew.add(next);
                    text = LongStream.concat(LongStream.of(text), LongStream.of(next))
                            .toArray();
                }
            }
            assertThat(anew.stream().distinct().count()).isGreaterThan(3);
            assertThat(cached).isEqualTo(anew);
        }
    }

    @Test
    void theSameSeedDrawsTheSameText() {
        try (CausalLanguageModel model = model(CONFIG)) {
            TextGenerator generator = new TextGenerator(model);
            SamplingOptions options =
                    SamplingOptions.sample(4, 20).withTemperature(2).withTopK(50);
            assertThat(generator.generate(PROMPT, options)).isEqualTo(generator.generate(PROMPT, options));
            assertThat(generator.generate(PROMPT, options.withSeed(5)))
                    .isNotEqualTo(generator.generate(PROMPT, options));
        }
    }

    @Test
    void drawsFollowTheFilteredDistribution() {
        float[] logits = {(float) Math.log(0.5), (float) Math.log(0.1), (float) Math.log(0.3), (float) Math.log(0.1)};
        assertThat(frequencies(logits, SamplingOptions.sample(1, 1))[0]).isCloseTo(0.5, within(0.02));
        double[] top2 = frequencies(logits, SamplingOptions.sample(1, 1).withTopK(2));
        assertThat(top2).containsExactly(new double[] {0.625, 0, 0.375, 0}, within(0.02));
        double[] nucleus = frequencies(logits, SamplingOptions.sample(1, 1).withTopP(0.75));
        assertThat(nucleus).containsExactly(new double[] {0.625, 0, 0.375, 0}, within(0.02));
        double[] cold = frequencies(logits, SamplingOptions.sample(1, 1).withTemperature(0.5));
        assertThat(cold[0]).isCloseTo(0.25 / 0.36, within(0.02));
        assertThat(frequencies(logits, SamplingOptions.greedy(1))[0]).isCloseTo(1, within(1e-9));
    }

    /** Pearson's statistic of 20,000 draws against the filters applied one after another to probabilities. */
    @Test
    void drawsOfManyFiltersAreNotToldFromTheExactDistribution() {
        RandomGenerator random = Seeds.root(6).generator("logits");
        int draws = 20_000;
        double[] temperatures = {0.3, 1, 1.7};
        for (int round = 0; round < 40; round++) {
            float[] logits = new float[12];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) random.nextGaussian(0, 2);
            }
            SamplingOptions options = new SamplingOptions(
                    temperatures[random.nextInt(3)], random.nextInt(14), 1 - 0.9 * random.nextDouble(), round, 1, true);
            double[] expected = filtered(logits, options);
            double[] found = frequencies(logits, options, draws);
            double statistic = 0;
            int cells = 0;
            for (int i = 0; i < logits.length; i++) {
                if (expected[i] == 0) {
                    assertThat(found[i]).as("token %d, %s", i, options).isZero();
                } else {
                    statistic += draws * Math.pow(found[i] - expected[i], 2) / expected[i];
                    cells++;
                }
            }
            // Mean of a chi-square and five of its deviations; cells of little mass make it a little heavier.
            assertThat(statistic).as(options.toString()).isLessThan(cells + 5 * Math.sqrt(2.0 * cells) + 3);
        }
    }

    /** Temperature, then the k largest, then the fewest of those whose sum reaches p. */
    private static double[] filtered(float[] logits, SamplingOptions options) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, logits.length).boxed().toList());
        order.sort(Comparator.comparingDouble(i -> -logits[i]));
        if (options.topK() > 0) {
            order = order.subList(0, Math.min(options.topK(), order.size()));
        }
        double total = order.stream()
                .mapToDouble(i -> Math.exp(logits[i] / options.temperature()))
                .sum();
        List<Integer> nucleus = new ArrayList<>();
        double sum = 0;
        for (int i : order) {
            if (sum < options.topP()) {
                nucleus.add(i);
                sum += Math.exp(logits[i] / options.temperature()) / total;
            }
        }
        double[] probabilities = new double[logits.length];
        for (int i : nucleus) {
            probabilities[i] = Math.exp(logits[i] / options.temperature()) / total / sum;
        }
        return probabilities;
    }

    /** So hot that all weights are 1, the filters still know which tokens are the likeliest. */
    @Test
    void filtersKeepTheLikeliestAtAnyTemperature() {
        float[] logits = {1, 3, 2, Float.NEGATIVE_INFINITY, -0f, 0f};
        for (double temperature : new double[] {Double.MIN_VALUE, 1e-300, 1, 1e18, Double.MAX_VALUE}) {
            SamplingOptions options = SamplingOptions.sample(2, 1).withTemperature(temperature);
            assertThat(frequencies(logits, options.withTopK(1))[1]).isCloseTo(1, within(1e-9));
            assertThat(frequencies(logits, options.withTopP(1e-9))[1]).isCloseTo(1, within(1e-9));
        }
        double[] two = frequencies(
                logits, SamplingOptions.sample(2, 1).withTemperature(1e18).withTopK(2));
        assertThat(two).containsExactly(new double[] {0, 0.5, 0.5, 0, 0, 0}, within(0.02));
        // Of equals the first.
        double[] five = frequencies(
                logits, SamplingOptions.sample(2, 1).withTemperature(1e18).withTopK(4));
        assertThat(five).containsExactly(new double[] {0.25, 0.25, 0.25, 0, 0.25, 0}, within(0.02));
    }

    private static double[] frequencies(float[] logits, SamplingOptions options) {
        return frequencies(logits, options, 10_000);
    }

    private static double[] frequencies(float[] logits, SamplingOptions options, int draws) {
        TokenSampler sampler = new TokenSampler(options);
        double[] counts = new double[logits.length];
        for (int i = 0; i < draws; i++) {
            counts[sampler.next(logits)] += 1.0 / draws;
        }
        return counts;
    }

    @Test
    void stopsAtEndTokensFullContextAndTheListenersWish() {
        try (CausalLanguageModel model = model(CONFIG)) {
            List<Long> text = new TextGenerator(model)
                    .generate(PROMPT, SamplingOptions.greedy(10))
                    .tokens();
            Generation full = new TextGenerator(model).generate(PROMPT, SamplingOptions.greedy(500));
            assertThat(full.finish()).isEqualTo(Generation.Finish.CONTEXT_FULL);
            assertThat(full.tokens()).hasSize(48 - PROMPT.length + 1);
            assertThat(new TextGenerator(model)
                            .generate(PROMPT, SamplingOptions.greedy(10), token -> false)
                            .finish())
                    .isEqualTo(Generation.Finish.STOPPED);
            int end = text.get(0).intValue();
            try (CausalLanguageModel ending = model(CONFIG.withEndTokens(List.of(end)))) {
                Generation generation = new TextGenerator(ending).generate(PROMPT, SamplingOptions.greedy(10));
                assertThat(generation.finish()).isEqualTo(Generation.Finish.END_TOKEN);
                assertThat(generation.tokens()).containsExactly((long) end);
            }
        }
    }

    @Test
    void thePiecesOfAStreamAreTheText() {
        try (CausalLanguageModel model = model(CONFIG);
                Tokenizer tokenizer = BytePairTrainer.train(List.of("the dog saw the cat"), BytePairOptions.of(300))) {
            StringBuilder streamed = new StringBuilder();
            String text = new TextGenerator(model)
                    .write("the", tokenizer, SamplingOptions.sample(3, 40).withTopK(20), streamed::append);
            assertThat(text).isNotEmpty();
            assertThat(streamed).hasToString(text);
        }
    }

    @Test
    void refusesBadPromptsOptionsAndLogits() {
        try (CausalLanguageModel model = model(CONFIG)) {
            TextGenerator generator = new TextGenerator(model);
            SamplingOptions greedy = SamplingOptions.greedy(1);
            assertThatThrownBy(() -> generator.generate(new long[0], greedy)).hasMessageContaining("1 to 48");
            assertThatThrownBy(() -> generator.generate(new long[49], greedy)).hasMessageContaining("had 49");
            assertThatThrownBy(() -> generator.generate(new long[] {300}, greedy))
                    .hasMessageContaining("vocabulary of 300");
            assertThatThrownBy(() -> greedy.withTemperature(-1)).hasMessageContaining("temperature");
            assertThatThrownBy(() -> greedy.withTopP(0)).hasMessageContaining("topP");
            assertThatThrownBy(() -> greedy.withTopK(-1)).hasMessageContaining("topK");
            assertThatThrownBy(() -> greedy.withMaxNewTokens(0)).hasMessageContaining("maxNewTokens");
            assertThatThrownBy(() -> new TokenSampler(greedy).next(new float[] {0, Float.NaN}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("token 1");
        }
    }
}
