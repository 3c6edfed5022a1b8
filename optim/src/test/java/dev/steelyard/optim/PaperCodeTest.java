package dev.steelyard.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steelyard.optim.adamp.AdamP;
import dev.steelyard.optim.adamp.AdamPOptions;
import dev.steelyard.optim.adamp.SgdP;
import dev.steelyard.optim.adamp.SgdPOptions;
import dev.steelyard.optim.frugal.Frugal;
import dev.steelyard.optim.frugal.FrugalOptions;
import dev.steelyard.optim.frugal.StateFree;
import dev.steelyard.optim.frugal.StateFull;
import dev.steelyard.optim.frugal.Subspace;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several steps of random weights and gradients, computed in float64 by the papers' own code (AdamP and FRUGAL, run
 * once under PyTorch). Low-rank subspaces of both sides are left out: there Adam and Lion scale up what is rounding
 * noise beside the diagonal.
 */
class PaperCodeTest {

    static Stream<JsonNode> cases() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> cases = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                PaperCodeTest.class.getResourceAsStream("paper-code.jsonl"), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                cases.add(mapper.readTree(line));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inDoublePrecision(JsonNode example) {
        check(example, DType.FLOAT64, 1e-12);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inSinglePrecisionOnePassOverMemory(JsonNode example) {
        check(example, DType.FLOAT32, 2e-5);
    }

    private static void check(JsonNode example, DType type, double tolerance) {
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> weights = new LinkedHashMap<>();
            for (int i = 0; i < example.get("weights").size(); i++) {
                weights.put("w" + i, tensor(example, "weights", i, type));
            }
            try (Optimizer optimizer = optimizer(example, weights)) {
                for (JsonNode gradients : example.get("gradients")) {
                    for (int i = 0; i < gradients.size(); i++) {
                        weights.get("w" + i).grad(tensor(gradients.get(i), shape(example, i), type));
                    }
                    optimizer.step();
                }
            }
            for (int i = 0; i < weights.size(); i++) {
                assertThat(weights.get("w" + i).toDoubles())
                        .as("weight %s of %s", i, example.get("options"))
                        .containsExactly(doubles(example.get("after").get(i)), within(tolerance));
            }
        }
    }

    private static Optimizer optimizer(JsonNode example, Map<String, Tensor> weights) {
        JsonNode options = example.get("options");
        double learningRate = options.get("lr").asDouble();
        double decay = options.get("wd").asDouble();
        return switch (example.get("method").asText()) {
            case "adamp" ->
                new AdamP(
                        weights,
                        new AdamPOptions(
                                learningRate,
                                options.get("beta1").asDouble(),
                                options.get("beta2").asDouble(),
                                options.get("eps").asDouble(),
                                decay,
                                options.get("delta").asDouble(),
                                options.get("ratio").asDouble(),
                                options.get("nesterov").asBoolean()));
            case "sgdp" ->
                new SgdP(
                        weights,
                        SgdPOptions.of(learningRate)
                                .withMomentum(options.get("momentum").asDouble())
                                .withDampening(options.get("damp").asDouble())
                                .withWeightDecay(decay)
                                .withNesterov(options.get("nesterov").asBoolean())
                                .withDelta(options.get("delta").asDouble())
                                .withWeightDecayRatio(options.get("ratio").asDouble()));
            case "block" ->
                frugal(
                        options,
                        weights,
                        new Subspace.Blocks(Subspace.Order.valueOf(
                                options.get("order").asText().toUpperCase(java.util.Locale.ROOT))));
            case "lowrank" ->
                frugal(
                        options,
                        weights,
                        new Subspace.LowRank(side(options.get("side").asText()), Subspace.Basis.SINGULAR_VECTORS));
            default -> throw new IllegalArgumentException(example.get("method").asText());
        };
    }

    private static Frugal frugal(JsonNode options, Map<String, Tensor> weights, Subspace subspace) {
        FrugalOptions frugal = FrugalOptions.defaults()
                .withLearningRate(options.get("lr").asDouble())
                .withWeightDecay(options.get("wd").asDouble())
                .withSubspace(subspace)
                .withDensity(options.get("density").asDouble())
                .withUpdateGap(options.get("gap").asInt())
                .withStateFull(
                        options.get("kind").asText().equals("adam")
                                ? StateFull.adamW()
                                : new StateFull.LionRule(0.9, 0.99))
                .withStateFree(stateFree(options.get("free").asText()))
                .withStateFullScale(options.get("s").asDouble())
                .withStateFreeScale(options.get("r").asDouble());
        Map<String, Tensor> projectable = new LinkedHashMap<>();
        Map<String, Tensor> regular = new LinkedHashMap<>();
        int linear = options.get("n").asInt();
        weights.forEach((name, weight) -> (projectable.size() < linear ? projectable : regular).put(name, weight));
        return new Frugal(projectable, regular, frugal);
    }

    private static StateFree stateFree(String rule) {
        return switch (rule) {
            case "sign_sgd" -> StateFree.SIGN;
            case "sgd" -> StateFree.SGD;
            default -> StateFree.NONE;
        };
    }

    private static Subspace.Side side(String name) {
        return switch (name) {
            case "std" -> Subspace.Side.STANDARD;
            case "reverse_std" -> Subspace.Side.REVERSED;
            case "left" -> Subspace.Side.LEFT;
            default -> Subspace.Side.RIGHT;
        };
    }

    private static Tensor tensor(JsonNode example, String name, int i, DType type) {
        return tensor(example.get(name).get(i), shape(example, i), type);
    }

    private static Tensor tensor(JsonNode values, long[] shape, DType type) {
        return Tensor.of(doubles(values), shape).to(type);
    }

    private static long[] shape(JsonNode example, int i) {
        return Arrays.stream(doubles(example.get("shapes").get(i)))
                .mapToLong(size -> (long) size)
                .toArray();
    }

    private static double[] doubles(JsonNode numbers) {
        double[] values = new double[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).asDouble();
        }
        return values;
    }
}
