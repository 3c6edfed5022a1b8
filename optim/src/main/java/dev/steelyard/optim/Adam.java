package dev.steelyard.optim;

import dev.steelyard.optim.kernel.AdamUpdate;
import dev.steelyard.optim.kernel.OnePass;
import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adam: steps along the mean of past gradients, scaled element by element by the root of the mean of their squares,
 * both corrected for their start at zero. Weight decay is coupled: it is added to the gradient and so is scaled too.
 *
 * <pre>
 * g = g + weightDecay w
 * m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2
 * w = w - learningRate / (1 - beta1^k) m / (sqrt(v) / sqrt(1 - beta2^k) + eps)
 * </pre>
 *
 * State: two buffers of the parameter's size, {@code moment1} and {@code moment2}, and the counter {@code step}.
 *
 * <p>Kingma, Ba: Adam: A Method for Stochastic Optimization. ICLR 2015.
 */
public final class Adam extends GroupedOptimizer<AdamOptions> {

    private static final String MOMENT1 = "moment1";
    private static final String MOMENT2 = "moment2";
    private static final String STEP = "step";

    /** Several groups, each with its options. */
    public Adam(List<ParameterGroup<AdamOptions>> groups) {
        super(groups);
    }

    /** One group. */
    public Adam(Map<String, Tensor> parameters, AdamOptions options) {
        this(List.of(new ParameterGroup<>("all", parameters, options)));
    }

    @Override
    protected void update(Slot<AdamOptions> slot, Tensor gradient, double learningRateFactor) {
        AdamOptions options = slot.options();
        double learningRate = options.learningRate() * learningRateFactor;
        AdamUpdate adam = AdamUpdate.atStep(
                slot.increment(STEP),
                learningRate,
                options.beta1(),
                options.beta2(),
                options.eps(),
                options.weightDecay(),
                0);
        OnePass.run(adam, slot.parameter(), gradient, slot.buffer(MOMENT1), slot.buffer(MOMENT2));
    }

    @Override
    protected void requireFits(Slot<AdamOptions> slot, Map<String, Tensor> buffers, Map<String, Long> counters) {
        requireBuffersAndCounters(slot, buffers, Set.of(MOMENT1, MOMENT2), counters, Set.of(STEP));
    }
}
