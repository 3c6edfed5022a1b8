package dev.steelyard.optim.adamp;

import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Weight renormalisation, the baseline of AdamP's paper: after each step of another optimiser the weights are brought
 * back to length 1. On scale-invariant weights this changes no output, but the effective step size, the learning rate
 * over the squared norm, jumps at the first step and stays the learning rate from then on.
 *
 * <pre>{@code
 * Optimizer optimizer = new Renormalised(new Sgd(all, options), scaleInvariant, View.CHANNEL);
 * }</pre>
 */
public final class Renormalised implements Optimizer {

    private final Optimizer optimizer;
    private final Map<String, Tensor> weights;
    private final View view;

    /**
     * Wraps an optimiser, which this one closes.
     *
     * @param optimizer moves these and, if wanted, other parameters
     * @param weights those to renormalise, of at least two dimensions
     * @param view {@link View#CHANNEL} for rows of length 1, {@link View#LAYER} for whole tensors
     * @throws IllegalArgumentException if a weight has less than two dimensions or the view is {@link View#NONE}
     */
    public Renormalised(Optimizer optimizer, Map<String, Tensor> weights, View view) {
        if (view == View.NONE) {
            throw new IllegalArgumentException("view must be CHANNEL or LAYER, was NONE");
        }
        weights.forEach((name, weight) -> {
            if (weight.dimensions() < 2) {
                throw new IllegalArgumentException("weight '" + name + "' must have at least two dimensions, is "
                        + weight + "; leave biases and gains out");
            }
        });
        this.optimizer = optimizer;
        this.weights = new LinkedHashMap<>(weights);
        this.view = view;
    }

    @Override
    public void step() {
        optimizer.step();
        try (NoGrad noGrad = NoGrad.open()) {
            for (Tensor weight : weights.values()) {
                try (Scope scope = Scope.open()) {
                    renormalise(weight.detach());
                }
            }
        }
    }

    /** A row of zeros has no direction and stays. */
    private void renormalise(Tensor weight) {
        if (weight.count() == 0) {
            return;
        }
        Tensor rows = weight.reshape(view == View.CHANNEL ? weight.size(0) : 1, -1);
        Tensor norms = rows.square().sum(1, true).sqrt();
        Tensor divisor = norms.plus(norms.equalTo(norms.times(0)).to(norms.dtype()));
        weight.copyInPlace(rows.over(divisor).reshape(weight.shape()));
    }

    @Override
    public void zeroGrad() {
        optimizer.zeroGrad();
    }

    @Override
    public void learningRateFactor(double factor) {
        optimizer.learningRateFactor(factor);
    }

    /** The wrapped optimiser's; renormalisation remembers nothing. */
    @Override
    public long stateBytes() {
        return optimizer.stateBytes();
    }

    @Override
    public StateDict state() {
        return optimizer.state();
    }

    @Override
    public void load(StateDict state) {
        optimizer.load(state);
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
