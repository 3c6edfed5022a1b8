package dev.steelyard.optim.adamp;

import dev.steelyard.optim.GroupedOptimizer;
import dev.steelyard.optim.ParameterGroup;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@link AdamP} and {@link SgdP} share: the check of a saved state and the reports on the projection.
 *
 * @param <O> options of a group
 */
public abstract sealed class ProjectingOptimizer<O> extends GroupedOptimizer<O> permits AdamP, SgdP {

    /** A counter of the slot, so that the last view is saved with the state. */
    private static final String VIEW = "view";

    private double lastFactor = 1;

    ProjectingOptimizer(List<ParameterGroup<O>> groups) {
        super(groups);
    }

    abstract double learningRate(O options);

    /** Projects {@code update} in place and remembers by which view. */
    final View project(Slot<O> slot, Projection projection, Tensor gradient, Tensor update) {
        return remember(slot, projection.project(slot.parameter(), gradient, update));
    }

    /** Remembers by which view the update of this step was projected. */
    final View remember(Slot<O> slot, View view) {
        slot.counter(VIEW, view.ordinal());
        return view;
    }

    /** One report a parameter, in the groups' order; norms are computed at the call. */
    public final List<ProjectionReport> projections() {
        return slots().stream().map(this::report).toList();
    }

    private ProjectionReport report(Slot<O> slot) {
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            double norm = slot.parameter().norm().item();
            View view = View.values()[(int) slot.counter(VIEW)];
            double learningRate = learningRate(slot.options()) * lastFactor;
            return new ProjectionReport(slot.name(), view, norm, learningRate / (norm * norm));
        }
    }

    @Override
    public void learningRateFactor(double factor) {
        super.learningRateFactor(factor);
        lastFactor = factor;
    }

    /** Buffers of a parameter that was stepped. */
    abstract Set<String> bufferNames(O options);

    /** Counters of a parameter that was stepped, besides the view. */
    Set<String> counterNames() {
        return Set.of();
    }

    @Override
    protected final void requireFits(Slot<O> slot, Map<String, Tensor> buffers, Map<String, Long> counters) {
        Set<String> counted = new HashSet<>(counterNames());
        counted.add(VIEW);
        requireBuffersAndCounters(slot, buffers, bufferNames(slot.options()), counters, counted);
        long view = counters.getOrDefault(VIEW, 0L);
        if (view >= View.values().length) {
            throw new IllegalArgumentException("value '" + VIEW + "' of parameter " + slot
                    + " in the state must be below " + View.values().length + ", was " + view);
        }
    }
}
