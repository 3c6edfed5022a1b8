package dev.steelyard.optim.adamp;

import dev.steelyard.optim.ParameterGroup;
import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * SGD with momentum and decoupled decay whose update is projected where the weight looks scale-invariant (SGDP).
 *
 * <pre>
 * v = momentum v + (1 - dampening) g
 * p = v                                                Nesterov: g + momentum v
 * p = projection(w, g, p);  q = weightDecayRatio if it was projected, else 1
 * v = p                                                only without Nesterov, and only with projectBuffer
 * w = (1 - learningRate weightDecay q / (1 - momentum)) w - learningRate p
 * </pre>
 *
 * State: with momentum, one buffer of the parameter's size, {@code momentum}; without, none. The counter {@code view}
 * tells the last projection. Linear weights are (out, in) and convolutions (out, in, height, width), so that the first
 * dimension is the output unit.
 *
 * <p>Heo et al., ICLR 2021, arXiv 2006.08217, Algorithm 1.
 */
public final class SgdP extends ProjectingOptimizer<SgdPOptions> {

    private static final String MOMENTUM = "momentum";

    /** Several groups, each with its options. */
    public SgdP(List<ParameterGroup<SgdPOptions>> groups) {
        super(groups);
    }

    /** One group. */
    public SgdP(Map<String, Tensor> parameters, SgdPOptions options) {
        this(List.of(new ParameterGroup<>("all", parameters, options)));
    }

    @Override
    double learningRate(SgdPOptions options) {
        return options.learningRate();
    }

    @Override
    Set<String> bufferNames(SgdPOptions options) {
        return options.momentum() == 0 ? Set.of() : Set.of(MOMENTUM);
    }

    @Override
    protected void update(Slot<SgdPOptions> slot, Tensor gradient, double learningRateFactor) {
        SgdPOptions options = slot.options();
        double learningRate = options.learningRate() * learningRateFactor;

        double decay = learningRate * options.weightDecay() / (1 - options.momentum());
        Projection projection = new Projection(options.delta(), options.eps());
        Tensor[] buffers = options.momentum() == 0 ? new Tensor[0] : new Tensor[] {slot.buffer(MOMENTUM)};
        if (ProjectedPasses.fit(slot.parameter(), gradient, buffers)) {
            ProjectedPasses passes = new ProjectedPasses(
                    new MomentumDirection(
                            options.momentum(), options.dampening(), options.nesterov(), options.projectBuffer()),
                    projection,
                    learningRate,
                    1 - decay * options.weightDecayRatio(),
                    1 - decay);
            remember(slot, passes.step(slot.parameter(), gradient, buffers));
            return;
        }
        Tensor change = change(slot, gradient);
        View view = project(slot, projection, gradient, change);
        if (options.weightDecay() > 0) {
            double ratio = view == View.NONE ? 1 : options.weightDecayRatio();
            slot.parameter().timesInPlace(1 - decay * ratio);
        }
        slot.parameter().addInPlace(change, -learningRate);
    }

    /** The update before its projection: the buffer itself where the buffer is to be projected, else a new tensor. */
    private static Tensor change(Slot<SgdPOptions> slot, Tensor gradient) {
        SgdPOptions options = slot.options();
        double momentum = options.momentum();
        if (momentum == 0) {
            return options.nesterov() ? gradient.copy() : gradient.times(1 - options.dampening());
        }
        Tensor buffer = slot.buffer(MOMENTUM).timesInPlace(momentum).addInPlace(gradient, 1 - options.dampening());
        if (options.nesterov()) {
            return buffer.times(momentum).addInPlace(gradient);
        }
        return options.projectBuffer() ? buffer : buffer.copy();
    }
}
