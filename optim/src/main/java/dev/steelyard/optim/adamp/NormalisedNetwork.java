package dev.steelyard.optim.adamp;

import static dev.steelyard.torch.Functions.batchNorm;
import static dev.steelyard.torch.Functions.linear;
import static dev.steelyard.torch.Functions.relu;
import static dev.steelyard.torch.Functions.uniform;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The student of part B: 20-64-64-10 with batch normalisation and ReLU after both hidden linear layers, which have no
 * bias. The hidden weights are scale-invariant row by row; the head is not. Initialised and normalised with PyTorch's
 * defaults.
 */
final class NormalisedNetwork {

    private static final int WIDTH = 64;
    private static final double MOMENTUM = 0.1;
    private static final double EPS = 1e-5;
    private static final List<String> HIDDEN = List.of("hidden1", "hidden2");

    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> statistics = new LinkedHashMap<>();

    NormalisedNetwork(RandomGenerator random, String device) {
        int inputs = TeacherStudent.INPUTS;
        for (String layer : HIDDEN) {
            parameter(layer + ".weight", byFanIn(random, inputs, WIDTH, inputs), device);
            parameter(layer + ".norm.gain", Tensor.ones(DType.FLOAT32, WIDTH), device);
            parameter(layer + ".norm.bias", Tensor.zeros(DType.FLOAT32, WIDTH), device);
            statistics.put(layer + ".mean", Tensor.zeros(DType.FLOAT32, WIDTH).to(device));
            statistics.put(
                    layer + ".variance", Tensor.ones(DType.FLOAT32, WIDTH).to(device));
            inputs = WIDTH;
        }
        parameter("head.weight", byFanIn(random, WIDTH, TeacherStudent.CLASSES, WIDTH), device);
        parameter("head.bias", byFanIn(random, WIDTH, TeacherStudent.CLASSES), device);
    }

    private static Tensor byFanIn(RandomGenerator random, int fanIn, long... shape) {
        double bound = 1 / Math.sqrt(fanIn);
        return uniform(random, -bound, bound, shape);
    }

    private void parameter(String name, Tensor initial, String device) {
        parameters.put(name, initial.to(device).requiresGrad());
    }

    Map<String, Tensor> parameters() {
        return parameters;
    }

    /** Logits (n, classes). */
    Tensor forward(Tensor points, boolean training) {
        Tensor x = points;
        for (String layer : HIDDEN) {
            Tensor normalised = batchNorm(
                    linear(x, parameters.get(layer + ".weight")),
                    parameters.get(layer + ".norm.gain"),
                    parameters.get(layer + ".norm.bias"),
                    statistics.get(layer + ".mean"),
                    statistics.get(layer + ".variance"),
                    training,
                    MOMENTUM,
                    EPS);
            x = relu(normalised);
        }
        return linear(x, parameters.get("head.weight"), parameters.get("head.bias"));
    }

    /** Share of the points whose largest logit is their label's. */
    double accuracy(Tensor points, Tensor labels) {
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            return forward(points, false)
                    .argmax()
                    .equalTo(labels)
                    .to(DType.FLOAT64)
                    .mean()
                    .item();
        }
    }

    /** Sum of the squares of the weights before the normalisations. */
    double hiddenSquaredNorm() {
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            return HIDDEN.stream()
                    .mapToDouble(layer ->
                            parameters.get(layer + ".weight").square().sum().item())
                    .sum();
        }
    }
}
