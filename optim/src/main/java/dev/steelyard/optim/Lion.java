package dev.steelyard.optim;

import dev.steelyard.optim.kernel.LionUpdate;
import dev.steelyard.optim.kernel.OnePass;
import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Lion: moves every element by the learning rate against the sign of a mean of momentum and gradient.
 *
 * <pre>
 * c = beta1 m + (1 - beta1) g
 * w = (1 - learningRate weightDecay) w - learningRate sign(c)
 * m = beta2 m + (1 - beta2) g
 * </pre>
 *
 * State: one buffer of the parameter's size, {@code momentum}.
 *
 * <p>Chen and others: Symbolic Discovery of Optimization Algorithms. NeurIPS 2023.
 */
public final class Lion extends GroupedOptimizer<LionOptions> {

    private static final String MOMENTUM = "momentum";

    /** Several groups, each with its options. */
    public Lion(List<ParameterGroup<LionOptions>> groups) {
        super(groups);
    }

    /** One group. */
    public Lion(Map<String, Tensor> parameters, LionOptions options) {
        this(List.of(new ParameterGroup<>("all", parameters, options)));
    }

    @Override
    protected void update(Slot<LionOptions> slot, Tensor gradient, double learningRateFactor) {
        LionOptions options = slot.options();
        double learningRate = options.learningRate() * learningRateFactor;
        LionUpdate lion = new LionUpdate(
                options.beta1(), options.beta2(), learningRate, 1 - learningRate * options.weightDecay());
        OnePass.run(lion, slot.parameter(), gradient, slot.buffer(MOMENTUM));
    }

    @Override
    protected void requireFits(Slot<LionOptions> slot, Map<String, Tensor> buffers, Map<String, Long> counters) {
        requireBuffersAndCounters(slot, buffers, Set.of(MOMENTUM), counters, Set.of());
    }
}
