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
import java.util.Set;

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
     * @throws IllegalArgumentException if there is none, or one is there twice, by its name or by its memory
     */
    protected GroupedOptimizer(List<ParameterGroup<O>> groups) {
        groups.forEach(group -> slots.addAll(slotsOf(group, slots)));
        if (slots.isEmpty()) {
            throw new IllegalArgumentException("an optimiser needs at least one parameter");
        }
    }

    /** The group's slots, when none of its parameters is among those of before. */
    private static <O> List<Slot<O>> slotsOf(ParameterGroup<O> group, List<Slot<O>> before) {
        Map<String, Slot<O>> names = new LinkedHashMap<>();
        Map<Long, Slot<O>> addresses = new LinkedHashMap<>();
        before.forEach(slot -> take(slot, names, addresses));
        List<Slot<O>> slots = new ArrayList<>();
        group.parameters().forEach((name, tensor) -> {
            Slot<O> slot = new Slot<>(name, group.name(), tensor, group.options());
            take(slot, names, addresses);
            slots.add(slot);
        });
        return slots;
    }

    private static <O> void take(Slot<O> slot, Map<String, Slot<O>> names, Map<Long, Slot<O>> addresses) {
        Slot<O> other = names.put(slot.name(), slot);
        if (other != null) {
            throw new IllegalArgumentException("parameter '" + slot.name() + "' is in group '" + other.group
                    + "' and in group '" + slot.group + "'; a parameter has one group");
        }
        long address = slot.parameter().address();
        Slot<O> same = address == 0 ? null : addresses.put(address, slot);
        if (same != null) {
            throw new IllegalArgumentException("parameter '" + same.name() + "' of group '" + same.group + "' and '"
                    + slot.name() + "' of group '" + slot.group
                    + "' are one tensor, which would be moved twice a step; give tied weights once");
        }
    }

    /**
     * Takes in more parameters, as when layers are unfrozen: they begin without state, and move from the next step on.
     *
     * @throws IllegalArgumentException if a parameter is there already, or the options do not fit; nothing has changed
     */
    public final void addGroup(ParameterGroup<O> group) {
        List<Slot<O>> more = slotsOf(group, slots);
        slots.addAll(more);
        try {
            requireSound();
            learningRateFactor(learningRateFactor);
        } catch (IllegalArgumentException e) {
            slots.removeAll(more);
            throw e;
        }
    }

    /**
     * Checks the groups together, when one has come in later.
     *
     * @throws IllegalArgumentException if options do not fit one another or a parameter
     */
    protected void requireSound() {}

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
            requireSoundGradients();
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

    private void requireSoundGradients() {
        for (Slot<O> slot : slots) {
            try (Scope scope = Scope.open()) {
                Tensor gradient = slot.parameter().grad();
                if (gradient == null) {
                    continue;
                }
                if (!sameForm(gradient, slot.parameter())) {
                    throw new IllegalArgumentException("the gradient of parameter " + slot + " is " + gradient
                            + "; it must be of the parameter's shape and type, "
                            + slot.parameter().dtype());
                }
                if (!gradient.isFinite()) {
                    throw new NonFiniteGradientException(slot.name(), step + 1);
                }
            }
        }
    }

    /** Asked for every parameter at every step, hence without making arrays of the shapes. */
    private static boolean sameForm(Tensor gradient, Tensor parameter) {
        int dimensions = parameter.dimensions();
        boolean same = gradient.dimensions() == dimensions && gradient.dtype() == parameter.dtype();
        for (int i = 0; same && i < dimensions; i++) {
            same = gradient.size(i) == parameter.size(i);
        }
        return same;
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
            throw new IllegalArgumentException(
                    "the learning rate's factor must be finite and at least 0, was " + factor);
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
        Map<String, Map<String, Tensor>> buffers = new LinkedHashMap<>();
        Map<String, Map<String, Long>> counters = new LinkedHashMap<>();
        slots.forEach(slot -> {
            owners.put(slot.name(), slot);
            buffers.put(slot.name(), new LinkedHashMap<>());
            counters.put(slot.name(), new LinkedHashMap<>());
        });
        state.tensors().forEach((key, tensor) -> {
            String owner = owner(owners, key).name();
            buffers.get(owner).put(key.substring(owner.length() + 1), tensor);
        });
        state.values().forEach((key, value) -> {
            if (!key.equals(STEP)) {
                String owner = owner(owners, key).name();
                counters.get(owner).put(key.substring(owner.length() + 1), state.count(key));
            }
        });
        // Nothing changes before all of it is known to fit.
        for (Slot<O> slot : slots) {
            requireFits(slot, buffers.get(slot.name()), counters.get(slot.name()));
        }
        for (Slot<O> slot : slots) {
            try (Scope scope = Scope.open()) {
                slot.restore(buffers.get(slot.name()), counters.get(slot.name()));
            }
        }
        step = savedStep;
    }

    /**
     * Checks what a saved state holds of one parameter, before anything is taken up. Here every buffer must be of the
     * parameter's shape and type; a method with other buffers overrides it.
     *
     * @throws IllegalArgumentException if it does not fit; the message names what differs
     */
    protected void requireFits(Slot<O> slot, Map<String, Tensor> buffers, Map<String, Long> counters) {
        buffers.forEach((name, buffer) -> requireShape(slot, name, buffer));
    }

    private static void requireShape(Slot<?> slot, String name, Tensor buffer) {
        Tensor parameter = slot.parameter();
        if (!Arrays.equals(buffer.shape(), parameter.shape()) || buffer.dtype() != parameter.dtype()) {
            throw new IllegalArgumentException("buffer '" + name + "' of the state is " + buffer + ", but parameter "
                    + slot + " is " + parameter.dtype());
        }
    }

    /**
     * Checks that a saved state holds for one parameter either all of these or nothing, of the parameter's shape and
     * type.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    protected final void requireBuffersAndCounters(
            Slot<O> slot,
            Map<String, Tensor> buffers,
            Set<String> bufferNames,
            Map<String, Long> counters,
            Set<String> counterNames) {
        boolean none = buffers.isEmpty() && counters.isEmpty();
        boolean all = buffers.keySet().equals(bufferNames) && counters.keySet().equals(counterNames);
        if (!none && !all) {
            throw new IllegalArgumentException("the state holds buffers " + buffers.keySet() + " and counters "
                    + counters.keySet() + " of parameter " + slot + "; "
                    + getClass().getSimpleName() + " has buffers "
                    + bufferNames + " and counters " + counterNames);
        }
        buffers.forEach((name, buffer) -> requireShape(slot, name, buffer));
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
        private final String group;
        private final Tensor parameter;
        private final O options;
        private final Map<String, Tensor> buffers = new LinkedHashMap<>();
        private final Map<String, Long> counters = new LinkedHashMap<>();

        private Slot(String name, String group, Tensor parameter, O options) {
            this.name = name;
            this.group = group;
            this.parameter = parameter;
            this.options = options;
        }

        public String name() {
            return name;
        }

        /** Name of the parameter's group. */
        public String group() {
            return group;
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
                // A copy, so that it has the parameter's device and order in memory.
                known = put(buffer, parameter.detach().copy().fillInPlace(0));
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

        private void restore(Map<String, Tensor> saved, Map<String, Long> counts) {
            clear();
            saved.forEach((buffer, tensor) -> {
                Tensor copy = tensor.detach().copy();
                put(buffer, parameter.isCuda() ? copy.to("cuda") : copy);
            });
            counters.putAll(counts);
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
