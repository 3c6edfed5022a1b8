package dev.steelyard.optim;

import dev.steelyard.optim.kernel.DescentUpdate;
import dev.steelyard.optim.kernel.MomentumUpdate;
import dev.steelyard.optim.kernel.OnePass;
import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gradient descent, with momentum, Nesterov's look ahead and an L2 penalty, as PyTorch has them.
 *
 * <pre>
 * g = g + weightDecay w
 * m = g at the first step, then momentum m + (1 - dampening) g
 * w = w - learningRate (nesterov ? g + momentum m : m)
 * </pre>
 *
 * The first momentum is the gradient itself, not damped. State: with momentum, one buffer of the parameter's size,
 * {@code momentum}; without, none.
 *
 * <p>Sutskever, Martens, Dahl, Hinton: On the importance of initialization and momentum in deep learning. ICML 2013.
 */
public final class Sgd extends GroupedOptimizer<SgdOptions> {

    private static final String MOMENTUM = "momentum";

    /** Several groups, each with its options. */
    public Sgd(List<ParameterGroup<SgdOptions>> groups) {
        super(groups);
    }

    /** One group. */
    public Sgd(Map<String, Tensor> parameters, SgdOptions options) {
        this(List.of(new ParameterGroup<>("all", parameters, options)));
    }

    @Override
    protected void update(Slot<SgdOptions> slot, Tensor gradient, double learningRateFactor) {
        SgdOptions options = slot.options();
        double learningRate = options.learningRate() * learningRateFactor;
        if (options.momentum() == 0) {
            DescentUpdate descent = new DescentUpdate(learningRate, 1 - learningRate * options.weightDecay());
            OnePass.run(descent, slot.parameter(), gradient);
            return;
        }
        boolean first = slot.bufferOrNull(MOMENTUM) == null;
        MomentumUpdate momentum = new MomentumUpdate(
                options.momentum(),
                first ? 1 : 1 - options.dampening(),
                options.nesterov() ? learningRate * options.momentum() : learningRate,
                options.nesterov() ? learningRate : 0,
                options.weightDecay(),
                1);
        OnePass.run(momentum, slot.parameter(), gradient, slot.buffer(MOMENTUM));
    }

    @Override
    protected void requireFits(Slot<SgdOptions> slot, Map<String, Tensor> buffers, Map<String, Long> counters) {
        requireBuffersAndCounters(
                slot, buffers, slot.options().momentum() == 0 ? Set.of() : Set.of(MOMENTUM), counters, Set.of());
    }
}
