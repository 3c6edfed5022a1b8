package dev.steelyard.optim.adamp;

import static dev.steelyard.torch.Functions.crossEntropy;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.optim.AdamW;
import dev.steelyard.optim.AdamWOptions;
import dev.steelyard.optim.Sgd;
import dev.steelyard.optim.SgdOptions;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** One training run of part B. */
final class NetworkTrial {

    static final String SGD = "SGD";
    static final String SGDP = "SGDP";
    static final String ADAMW = "AdamW";
    static final String ADAMP = "AdamP";
    static final List<String> METHODS = List.of(SGD, SGDP, ADAMW, ADAMP);

    private static final double MOMENTUM = 0.9;
    private static final double WEIGHT_DECAY = 1e-4;
    private static final int BATCH = 64;
    private static final int CURVE_EVERY = 10;

    private NetworkTrial() {}

    /**
     * Trains a student with a cosine schedule to 0. Metrics: {@code accuracy} on the test points, {@code growth} of the
     * hidden weights' squared norm (end over start).
     */
    static void run(String method, double learningRate, int epochs, String device, TrialContext context)
            throws InterruptedException {
        try (Scope trial = Scope.open()) {
            TeacherStudent data = TeacherStudent.draw(context.seeds(), device);
            NormalisedNetwork student = new NormalisedNetwork(context.seeds().generator("student"), device);
            double start = student.hiddenSquaredNorm();
            try (Optimizer optimizer = optimizer(method, learningRate, student.parameters())) {
                train(student, data, optimizer, learningRate, epochs, device, context);
            }
            context.metric("accuracy", student.accuracy(data.testPoints(), data.testLabels()));
            context.metric("growth", student.hiddenSquaredNorm() / start);
        }
    }

    private static void train(
            NormalisedNetwork student,
            TeacherStudent data,
            Optimizer optimizer,
            double learningRate,
            int epochs,
            String device,
            TrialContext context)
            throws InterruptedException {
        RandomGenerator order = context.seeds().generator("order");
        int batches = (TeacherStudent.POINTS + BATCH - 1) / BATCH;
        int steps = epochs * batches;
        for (int step = 0; step < steps; ) {
            long[] points = shuffled(order);
            for (int batch = 0; batch < batches; batch++, step++) {
                long[] chosen =
                        Arrays.copyOfRange(points, batch * BATCH, Math.min((batch + 1) * BATCH, TeacherStudent.POINTS));
                double factor = 0.5 * (1 + Math.cos(Math.PI * step / steps));
                optimizer.learningRateFactor(factor);
                try (Scope scope = Scope.open()) {
                    Tensor indices = Tensor.of(chosen, chosen.length).to(device);
                    Tensor logits = student.forward(data.trainPoints().indexSelect(0, indices), true);
                    Tensor loss = crossEntropy(logits, data.trainLabels().indexSelect(0, indices));
                    loss.backward();
                    if (step % CURVE_EVERY == 0) {
                        double squaredNorm = student.hiddenSquaredNorm();
                        context.point("loss", step, loss.item());
                        context.point("squared norm", step, squaredNorm);
                        context.point("effective step", step, learningRate * factor / squaredNorm);
                    }
                    optimizer.step();
                    optimizer.zeroGrad();
                }
                context.progress(step + 1L, steps);
            }
        }
    }

    private static long[] shuffled(RandomGenerator random) {
        long[] points = new long[TeacherStudent.POINTS];
        for (int i = 0; i < points.length; i++) {
            int j = random.nextInt(i + 1);
            points[i] = points[j];
            points[j] = i;
        }
        return points;
    }

    private static Optimizer optimizer(String method, double learningRate, Map<String, Tensor> parameters) {
        return switch (method) {
            case SGD -> new Sgd(parameters, new SgdOptions(learningRate, MOMENTUM, 0, false, WEIGHT_DECAY));
            case SGDP ->
                new SgdP(
                        parameters,
                        SgdPOptions.of(learningRate).withMomentum(MOMENTUM).withWeightDecay(WEIGHT_DECAY));
            case ADAMW -> {
                AdamWOptions defaults = AdamWOptions.defaults();
                yield new AdamW(
                        parameters,
                        new AdamWOptions(
                                learningRate, defaults.beta1(), defaults.beta2(), defaults.eps(), WEIGHT_DECAY));
            }
            case ADAMP ->
                new AdamP(
                        parameters,
                        AdamPOptions.defaults().withLearningRate(learningRate).withWeightDecay(WEIGHT_DECAY));
            default -> throw new IllegalArgumentException("no method '" + method + "'; known: " + METHODS);
        };
    }
}
