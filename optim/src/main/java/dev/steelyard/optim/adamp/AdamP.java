package dev.steelyard.optim.adamp;

import dev.steelyard.optim.ParameterGroup;
import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adam with decoupled decay whose update is projected where the weight looks scale-invariant.
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g;  s = beta2 s + (1 - beta2) g^2
 * p = m / (sqrt(s) / sqrt(1 - beta2^k) + eps)          Nesterov: (beta1 m + (1 - beta1) g) in place of m
 * p = projection(w, g, p);  q = weightDecayRatio if it was projected, else 1
 * w = (1 - learningRate weightDecay q) w - learningRate / (1 - beta1^k) p
 * </pre>
 *
 * The moments are never projected. With delta 0 it is AdamW.
 *
 * <p>State: two buffers of the parameter's size, {@code moment1} and {@code moment2}, and the counters {@code step}
 * and {@code view}. Linear weights are (out, in) and convolutions (out, in, height, width), so that the first
 * dimension is the output unit.
 *
 * <p>Heo et al., ICLR 2021, arXiv 2006.08217, Algorithm 2.
 */
public final class AdamP extends ProjectingOptimizer<AdamPOptions> {

    private static final String MOMENT1 = "moment1";
    private static final String MOMENT2 = "moment2";
    private static final String STEP = "step";

    /** Several groups, each with its options. */
    public AdamP(List<ParameterGroup<AdamPOptions>> groups) {
        super(groups);
    }

    /** One group. */
    public AdamP(Map<String, Tensor> parameters, AdamPOptions options) {
        this(List.of(new ParameterGroup<>("all", parameters, options)));
    }

    @Override
    double learningRate(AdamPOptions options) {
        return options.learningRate();
    }

    @Override
    Set<String> bufferNames(AdamPOptions options) {
        return Set.of(MOMENT1, MOMENT2);
    }

    @Override
    Set<String> counterNames() {
        return Set.of(STEP);
    }

    @Override
    protected void update(Slot<AdamPOptions> slot, Tensor gradient, double learningRateFactor) {
        AdamPOptions options = slot.options();
        double learningRate = options.learningRate() * learningRateFactor;
        double beta1 = options.beta1();
        double beta2 = options.beta2();
        long step = slot.increment(STEP);

        double rootScale = 1 / Math.sqrt(1 - Math.pow(beta2, step));
        double stepSize = learningRate / (1 - Math.pow(beta1, step));
        double decay = learningRate * options.weightDecay();
        Projection projection = new Projection(options.delta(), options.eps());
        Tensor first = slot.buffer(MOMENT1);
        Tensor second = slot.buffer(MOMENT2);
        if (ProjectedPasses.fit(slot.parameter(), gradient, first, second)) {
            ProjectedPasses passes = new ProjectedPasses(
                    new AdamDirection(beta1, beta2, options.eps(), rootScale, options.nesterov()),
                    projection,
                    stepSize,
                    1 - decay * options.weightDecayRatio(),
                    1 - decay);
            remember(slot, passes.step(slot.parameter(), gradient, first, second));
            return;
        }
        first.timesInPlace(beta1).addInPlace(gradient, 1 - beta1);
        second.timesInPlace(beta2).addProductInPlace(gradient, gradient, 1 - beta2);
        Tensor denominator = second.sqrt().timesInPlace(rootScale).addInPlace(options.eps());
        Tensor numerator = options.nesterov() ? first.times(beta1).addInPlace(gradient, 1 - beta1) : first;
        Tensor change = numerator.over(denominator);
        View view = project(slot, projection, gradient, change);
        if (options.weightDecay() > 0) {
            double ratio = view == View.NONE ? 1 : options.weightDecayRatio();
            slot.parameter().timesInPlace(1 - decay * ratio);
        }
        slot.parameter().addInPlace(change, -stepSize);
    }
}
