package dev.steelyard.optim;

import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.NonFiniteGradientException;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all optimisers share: the walk over the parameters, the check of gradients before anything changes, and the
 * buffers, which are counted, saved and restored here. A method says only how one parameter moves, in
 * {@link #update}.
 *
 * @param <O> options of a group
 */
public abstract class GroupedOptimizer<O> implements Optimizer {

    private static final String STEP = "step";

    private final List<Slot<O>> slots = new ArrayList<>();
    private double learningRateFactor = 1;
    private long step;

    /**
     * Takes the parameters in the groups' order.
     *
     * @throws IllegalArgumentException if there is none, or one is named twice
     */
    protected GroupedOptimizer(List<ParameterGroup<O>> groups) {
        Map<String, String> groupOf = new LinkedHashMap<>();
        for (ParameterGroup<O> group : groups) {
            group.parameters().forEach((name, tensor) -> {
                String other = groupOf.put(name, group.name());
                if (other != null) {
                    throw new IllegalArgumentException("parameter '" + name + "' is in group '" + other
                            + "' and in group '" + group.name() + "'; a parameter has one group");
                }
                slots.add(new Slot<>(name, tensor, group.options()));
            });
        }
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("an optimiser needs at least one parameter");
        }
    }

    /**
     * Moves one parameter. It runs outside differentiation and inside a scope; what must last goes into the slot's
     * buffers and counters.
     *
     * @param slot the parameter with its options and buffers
     * @param gradient of the parameter's shape, finite
     * @param learningRateFactor by which the options' learning rate is multiplied
     */
    protected abstract void update(Slot<O> slot, Tensor gradient, double learningRateFactor);

    /** Called at each step after the gradients were checked and before the first {@link #update}. */
    protected void beforeUpdates(List<Slot<O>> slots, long step) {}

    @Override
    public void step() {
        try (NoGrad noGrad = NoGrad.open()) {
            requireFiniteGradients();
            step++;
            beforeUpdates(slots, step);
            for (Slot<O> slot : slots) {
                try (Scope scope = Scope.open()) {
                    Tensor gradient = slot.parameter().grad();
                    if (gradient != null) {
                        update(slot, gradient, learningRateFactor);
                    }
                }
            }
        }
    }

    private void requireFiniteGradients() {
        for (Slot<O> slot : slots) {
            try (Scope scope = Scope.open()) {
                Tensor gradient = slot.parameter().grad();
                if (gradient != null && !gradient.isFinite()) {
                    throw new NonFiniteGradientException(slot.name(), step + 1);
                }
            }
        }
    }

    /** The parameters with their buffers, in the groups' order. */
    protected final List<Slot<O>> slots() {
        return List.copyOf(slots);
    }

    /** Steps done. */
    public final long steps() {
        return step;
    }

    @Override
    public void zeroGrad() {
        slots.forEach(slot -> slot.parameter().clearGrad());
    }

    @Override
    public void learningRateFactor(double factor) {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("the learning rate's factor must be finite and at least 0, was " + factor);
        }
        learningRateFactor = factor;
    }

    @Override
    public long stateBytes() {
        return slots.stream().mapToLong(Slot::bufferBytes).sum();
    }

    @Override
    public StateDict state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> values = new LinkedHashMap<>();
        values.put(STEP, Long.toString(step));
        for (Slot<O> slot : slots) {
            slot.buffers.forEach((name, buffer) -> tensors.put(slot.name() + "/" + name, buffer.copy()));
            slot.counters.forEach((name, counter) -> values.put(slot.name() + "/" + name, Long.toString(counter)));
        }
        return new StateDict(tensors, values);
    }

    @Override
    public void load(StateDict state) {
        long savedStep = state.count(STEP);
        Map<String, Slot<O>> owners = new LinkedHashMap<>();
        slots.forEach(slot -> owners.put(slot.name(), slot));
        state.tensors().keySet().forEach(key -> owner(owners, key));
        state.values().keySet().stream().filter(key -> !key.equals(STEP)).forEach(key -> owner(owners, key));
        slots.forEach(Slot::clear);
        state.tensors().forEach((key, tensor) -> {
            Slot<O> slot = owner(owners, key);
            slot.put(key.substring(slot.name().length() + 1), tensor.copy());
        });
        state.values().forEach((key, value) -> {
            if (!key.equals(STEP)) {
                Slot<O> slot = owner(owners, key);
                slot.counters.put(key.substring(slot.name().length() + 1), Long.parseLong(value));
            }
        });
        step = savedStep;
    }

    private static <O> Slot<O> owner(Map<String, Slot<O>> owners, String key) {
        int slash = key.lastIndexOf('/');
        Slot<O> slot = slash < 0 ? null : owners.get(key.substring(0, slash));
        if (slot == null) {
            throw new IllegalArgumentException("the state holds '" + key
                    + "', which belongs to no parameter of this optimiser; it has " + owners.keySet());
        }
        return slot;
    }

    @Override
    public void close() {
        slots.forEach(Slot::clear);
    }

    /**
     * A parameter, its options and what the method remembers of it.
     *
     * @param <O> the options' type
     */
    protected static final class Slot<O> {

        private final String name;
        private final Tensor parameter;
        private final O options;
        private final Map<String, Tensor> buffers = new LinkedHashMap<>();
        private final Map<String, Long> counters = new LinkedHashMap<>();

        private Slot(String name, Tensor parameter, O options) {
            this.name = name;
            this.parameter = parameter;
            this.options = options;
        }

        public String name() {
            return name;
        }

        public Tensor parameter() {
            return parameter;
        }

        public O options() {
            return options;
        }

        /** The buffer of this name, of the parameter's shape and type, all zeros when it is asked for first. */
        public Tensor buffer(String buffer) {
            Tensor known = buffers.get(buffer);
            if (known == null) {
                known = put(buffer, parameter.detach().times(0));
            }
            return known;
        }

        /** The buffer of this name, or {@code null}. */
        public Tensor bufferOrNull(String buffer) {
            return buffers.get(buffer);
        }

        /** Keeps a tensor, which the slot owns from now on, in place of the one of this name. */
        public Tensor put(String buffer, Tensor tensor) {
            Tensor owned = tensor.keepForever();
            Tensor old = buffers.put(buffer, owned);
            if (old != null) {
                old.close();
            }
            return owned;
        }

        /** Frees the buffer of this name, if there is one. */
        public void drop(String buffer) {
            Tensor old = buffers.remove(buffer);
            if (old != null) {
                old.close();
            }
        }

        /** The counter of this name, 0 when it was never set. */
        public long counter(String counter) {
            return counters.getOrDefault(counter, 0L);
        }

        public void counter(String counter, long value) {
            counters.put(counter, value);
        }

        /** Adds one to the counter and returns it. */
        public long increment(String counter) {
            return counters.merge(counter, 1L, Long::sum);
        }

        long bufferBytes() {
            return buffers.values().stream()
                    .mapToLong(buffer -> buffer.count() * buffer.dtype().bytes())
                    .sum();
        }

        void clear() {
            List.copyOf(buffers.keySet()).forEach(this::drop);
            counters.clear();
        }

        /** For messages: the parameter's name and shape. */
        @Override
        public String toString() {
            return "'" + name + "' " + Arrays.toString(parameter.shape());
        }
    }
}
