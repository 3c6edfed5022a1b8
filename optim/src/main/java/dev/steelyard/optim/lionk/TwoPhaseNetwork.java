package dev.steelyard.optim.lionk;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.optim.ParameterGroup;
import dev.steelyard.torch.Functions;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * A network 64-64-10 trained on {@link Digits} with cross-entropy: what decay does to its weights and its loss.
 *
 * @param digits the data, of which the first 1000 are for training
 * @param epochs passes over the training data
 */
record TwoPhaseNetwork(Digits digits, int epochs) {

    static final int TRAINING = 1000;
    static final int BATCH = 50;
    static final int HIDDEN = 64;
    static final int WINDOW = 100;
    private static final int CURVE_EVERY = 20;

    /** Trains with one choice of K for every parameter size, and measures. */
    void run(
            LongFunction<ConvexFunction> functionOfSize,
            double learningRate,
            double lambda,
            double initialScale,
            TrialContext context)
            throws InterruptedException {
        run(
                parameters -> new LionK(parameters.entrySet().stream()
                        .map(entry -> new ParameterGroup<>(
                                entry.getKey(),
                                Map.of(entry.getKey(), entry.getValue()),
                                LionKOptions.of(
                                        functionOfSize.apply(entry.getValue().count()), learningRate, lambda)))
                        .toList()),
                lambda,
                initialScale,
                context);
    }

    /** Trains by any optimiser, and measures against a box of {@code 1 / lambda}. */
    void run(Function<Map<String, Tensor>, Optimizer> maker, double lambda, double initialScale, TrialContext context)
            throws InterruptedException {
        try (Scope all = Scope.open()) {
            Map<String, Tensor> parameters = initial(context, initialScale);
            Tensor images = digits.images(0, TRAINING);
            Tensor labels = digits.labels(0, TRAINING);
            try (Optimizer optimizer = maker.apply(parameters)) {
                train(parameters, images, labels, optimizer, lambda, context);
            }
            measure(parameters, images, labels, context);
        }
    }

    private void train(
            Map<String, Tensor> parameters,
            Tensor images,
            Tensor labels,
            Optimizer optimizer,
            double lambda,
            TrialContext context)
            throws InterruptedException {
        Random order = Random.from(context.seeds().generator("batches"));
        int batches = TRAINING / BATCH;
        long steps = (long) epochs * batches;
        long step = 0;
        watch(0, parameters, images, labels, lambda, context);
        for (int epoch = 0; epoch < epochs; epoch++) {
            long[] permutation = permutation(order);
            for (int batch = 0; batch < batches; batch++) {
                try (Scope scope = Scope.open()) {
                    Tensor chosen =
                            Tensor.of(Arrays.copyOfRange(permutation, batch * BATCH, (batch + 1) * BATCH), BATCH);
                    Functions.crossEntropy(
                                    logits(parameters, images.indexSelect(0, chosen)), labels.indexSelect(0, chosen))
                            .backward();
                    optimizer.step();
                    optimizer.zeroGrad();
                }
                step++;
                if (step % CURVE_EVERY == 0) {
                    watch(step, parameters, images, labels, lambda, context);
                }
                context.progress(step, steps);
            }
        }
    }

    private static void watch(
            long step,
            Map<String, Tensor> parameters,
            Tensor images,
            Tensor labels,
            double lambda,
            TrialContext context) {
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            context.point(
                    "training loss",
                    step,
                    Functions.crossEntropy(logits(parameters, images), labels).item());
            double excess = lambda * largest(parameters) - 1;
            context.point("excess", step, excess);
            if (step % WINDOW == 0) {
                context.metric("excess after " + step, excess);
            }
        }
    }

    private void measure(Map<String, Tensor> parameters, Tensor images, Tensor labels, TrialContext context) {
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            context.metric(
                    "training loss",
                    Functions.crossEntropy(logits(parameters, images), labels).item());
            Tensor test = digits.images(TRAINING, digits.count());
            long[] predicted = logits(parameters, test).argmax().toLongs();
            long right = LongStream.range(0, predicted.length)
                    .filter(i -> predicted[(int) i] == digits.labels()[TRAINING + (int) i])
                    .count();
            context.metric("test accuracy", (double) right / predicted.length);
            context.metric("largest weight", largest(parameters));
        }
    }

    private static double largest(Map<String, Tensor> parameters) {
        return parameters.values().stream()
                .mapToDouble(Vectors::maxAbsolute)
                .max()
                .orElseThrow();
    }

    private static Tensor logits(Map<String, Tensor> parameters, Tensor images) {
        Tensor hidden = Functions.relu(
                Functions.linear(images, parameters.get("hidden.weight"), parameters.get("hidden.bias")));
        return Functions.linear(hidden, parameters.get("output.weight"), parameters.get("output.bias"));
    }

    /** He's normal initialisation and zero biases, scaled. */
    private static Map<String, Tensor> initial(TrialContext context, double scale) {
        var random = context.seeds().generator("model");
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        parameters.put(
                "hidden.weight",
                Functions.normal(random, 0, scale * Math.sqrt(2.0 / Digits.PIXELS), HIDDEN, Digits.PIXELS));
        parameters.put("hidden.bias", Tensor.of(new float[HIDDEN], HIDDEN));
        parameters.put(
                "output.weight", Functions.normal(random, 0, scale * Math.sqrt(2.0 / HIDDEN), Digits.CLASSES, HIDDEN));
        parameters.put("output.bias", Tensor.of(new float[Digits.CLASSES], Digits.CLASSES));
        parameters.values().forEach(Tensor::requiresGrad);
        return parameters;
    }

    private static long[] permutation(Random random) {
        long[] order = LongStream.range(0, TRAINING).toArray();
        for (int i = TRAINING - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
