package dev.steelyard.optim;

import dev.steelyard.optim.kernel.AdamUpdate;
import dev.steelyard.optim.kernel.OnePass;
import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adam with decoupled weight decay: the parameter shrinks first, apart from the gradient.
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2
 * w = (1 - learningRate weightDecay) w - learningRate / (1 - beta1^k) m / (sqrt(v) / sqrt(1 - beta2^k) + eps)
 * </pre>
 *
 * State: two buffers of the parameter's size, {@code moment1} and {@code moment2}, and the counter {@code step}, which
 * counts the steps in which the parameter had a gradient.
 *
 * <p>Loshchilov, Hutter: Decoupled Weight Decay Regularization. ICLR 2019.
 */
public final class AdamW extends GroupedOptimizer<AdamWOptions> {

    private static final String MOMENT1 = "moment1";
    private static final String MOMENT2 = "moment2";
    private static final String STEP = "step";

    /** Several groups, each with its options. */
    public AdamW(List<ParameterGroup<AdamWOptions>> groups) {
        super(groups);
    }

    /** One group. */
    public AdamW(Map<String, Tensor> parameters, AdamWOptions options) {
        this(List.of(new ParameterGroup<>("all", parameters, options)));
    }

    @Override
    protected void update(Slot<AdamWOptions> slot, Tensor gradient, double learningRateFactor) {
        AdamWOptions options = slot.options();
        double learningRate = options.learningRate() * learningRateFactor;
        AdamUpdate adam = AdamUpdate.atStep(
                slot.increment(STEP),
                learningRate,
                options.beta1(),
                options.beta2(),
                options.eps(),
                0,
                options.weightDecay());
        OnePass.run(adam, slot.parameter(), gradient, slot.buffer(MOMENT1), slot.buffer(MOMENT2));
    }

    @Override
    protected void requireFits(Slot<AdamWOptions> slot, Map<String, Tensor> buffers, Map<String, Long> counters) {
        requireBuffersAndCounters(slot, buffers, Set.of(MOMENT1, MOMENT2), counters, Set.of(STEP));
    }
}
