package dev.steelyard.optim;

import dev.steelyard.optim.kernel.OnePass;
import dev.steelyard.optim.kernel.SignUpdate;
import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Moves every element by the learning rate against the sign of its gradient: {@code w = (1 - learningRate weightDecay)
 * w - learningRate sign(g)}, with {@code sign(0) = 0}. It keeps no state.
 *
 * <p>Bernstein, Wang, Azizzadenesheli, Anandkumar: signSGD: Compressed Optimisation for Non-Convex Problems. ICML 2018.
 */
public final class SignSgd extends GroupedOptimizer<SignSgdOptions> {

    /** Several groups, each with its options. */
    public SignSgd(List<ParameterGroup<SignSgdOptions>> groups) {
        super(groups);
    }

    /** One group. */
    public SignSgd(Map<String, Tensor> parameters, SignSgdOptions options) {
        this(List.of(new ParameterGroup<>("all", parameters, options)));
    }

    @Override
    protected void update(Slot<SignSgdOptions> slot, Tensor gradient, double learningRateFactor) {
        SignSgdOptions options = slot.options();
        double learningRate = options.learningRate() * learningRateFactor;
        SignUpdate sign = new SignUpdate(learningRate, 1 - learningRate * options.weightDecay());
        OnePass.run(sign, slot.parameter(), gradient);
    }

    @Override
    protected void requireFits(Slot<SignSgdOptions> slot, Map<String, Tensor> buffers, Map<String, Long> counters) {
        requireBuffersAndCounters(slot, buffers, Set.of(), counters, Set.of());
    }
}
