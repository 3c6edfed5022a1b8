package dev.steelyard.optim.adamp;

import dev.steelyard.core.study.TrialContext;
import dev.steelyard.optim.Adam;
import dev.steelyard.optim.AdamOptions;
import dev.steelyard.optim.Sgd;
import dev.steelyard.optim.SgdOptions;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The toy of part A: {@code f(w) = (w' A w) / (w' w)}, which does not change with the length of {@code w}, is brought
 * down from a random start in float64. {@code A} is diagonal: 0, then values spaced geometrically from 1e-3 to 1, so
 * that the least value of {@code f} is 0.
 */
final class RayleighQuotient {

    static final String GD = "GD";
    static final String MOMENTUM = "GD + momentum";
    static final String SGDP = "SGDP";
    static final String ADAM = "Adam";
    static final String ADAMP = "AdamP";
    static final String MOMENTUM_RENORMALISED = "GD + momentum, renormalised";
    static final String ADAM_RENORMALISED = "Adam, renormalised";
    static final List<String> METHODS =
            List.of(GD, MOMENTUM, SGDP, MOMENTUM_RENORMALISED, ADAM, ADAMP, ADAM_RENORMALISED);

    static final int STEPS = 2000;
    /** Steps after which {@code f} is recorded, as metric {@code f@step}. */
    static final List<Integer> LOOKS = List.of(100, 500, 1000, STEPS);

    private static final int DIMENSIONS = 100;
    private static final double LEAST_CURVATURE = 1e-3;
    private static final double MOMENTUM_FACTOR = 0.9;
    private static final double SGD_LEARNING_RATE = 0.1;
    private static final double ADAM_LEARNING_RATE = 0.01;
    private static final int CURVE_EVERY = 20;

    private RayleighQuotient() {}

    /** {@code f@step} for every look, and {@code norm growth}: the norm at the end over that at the start. */
    static void run(String method, TrialContext context) throws InterruptedException {
        RandomGenerator random = context.seeds().generator("start");
        try (Scope trial = Scope.open()) {
            Tensor curvature = curvature();
            Tensor w = start(random).requiresGrad();
            double startNorm = norm(w);
            try (Optimizer optimizer = optimizer(method, Map.of("w", w))) {
                for (int step = 0; step <= STEPS; step++) {
                    try (Scope scope = Scope.open()) {
                        Tensor square = w.square();
                        Tensor f = square.times(curvature).sum().over(square.sum());
                        record(step, f, w, context);
                        if (step < STEPS) {
                            f.backward();
                            optimizer.step();
                            optimizer.zeroGrad();
                        }
                    }
                    context.progress(step, STEPS);
                }
            }
            context.metric("norm growth", norm(w) / startNorm);
        }
    }

    private static void record(int step, Tensor f, Tensor w, TrialContext context) {
        if (LOOKS.contains(step)) {
            context.metric("f@" + step, f.item());
        }
        if (step % CURVE_EVERY == 0) {
            context.point("f", step, f.item());
            context.point("norm", step, norm(w));
        }
    }

    static Optimizer optimizer(String method, Map<String, Tensor> parameters) {
        Map<String, Tensor> named = new LinkedHashMap<>(parameters);
        return switch (method) {
            case GD -> new Sgd(named, new SgdOptions(SGD_LEARNING_RATE, 0, 0, false, 0));
            case MOMENTUM -> new Sgd(named, new SgdOptions(SGD_LEARNING_RATE, MOMENTUM_FACTOR, 0, false, 0));
            case SGDP -> new SgdP(named, SgdPOptions.of(SGD_LEARNING_RATE).withMomentum(MOMENTUM_FACTOR));
            case ADAM -> {
                AdamOptions paper = AdamOptions.defaults();
                yield new Adam(
                        named, new AdamOptions(ADAM_LEARNING_RATE, paper.beta1(), paper.beta2(), paper.eps(), 0));
            }
            case MOMENTUM_RENORMALISED -> new Renormalised(optimizer(MOMENTUM, named), named, View.LAYER);
            case ADAM_RENORMALISED -> new Renormalised(optimizer(ADAM, named), named, View.LAYER);
            case ADAMP -> new AdamP(named, AdamPOptions.defaults().withLearningRate(ADAM_LEARNING_RATE));
            default -> throw new IllegalArgumentException("no method '" + method + "'; known: " + METHODS);
        };
    }

    /** The diagonal of {@code A}, (1, 100). */
    static Tensor curvature() {
        double[] values = new double[DIMENSIONS];
        for (int i = 1; i < DIMENSIONS; i++) {
            values[i] = LEAST_CURVATURE * Math.pow(1 / LEAST_CURVATURE, (i - 1.0) / (DIMENSIONS - 2));
        }
        return Tensor.of(values, 1, DIMENSIONS);
    }

    /** A start of norm about 1, (1, 100), float64. */
    static Tensor start(RandomGenerator random) {
        double[] values = new double[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            values[i] = random.nextGaussian(0, 1 / Math.sqrt(DIMENSIONS));
        }
        return Tensor.of(values, 1, DIMENSIONS).to(DType.FLOAT64);
    }

    private static double norm(Tensor w) {
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            return w.norm().item();
        }
    }
}
