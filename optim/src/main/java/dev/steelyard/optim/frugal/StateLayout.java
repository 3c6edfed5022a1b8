package dev.steelyard.optim.frugal;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What FRUGAL remembers of one tensor: a saved state must be laid out so. A state of another density, subspace or rule
 * is refused rather than read as what it is not; indices that point outside of the tensor would be written to.
 *
 * @param choice buffers that say which part has state, with their shapes; all are there, or none
 * @param moments buffers of the rule with state; all are there, or none
 * @param momentShape their shape
 * @param dtype the tensor's type
 * @param indexEnd what an index must be below
 * @param density for messages
 */
record StateLayout(
        Map<String, long[]> choice,
        List<String> moments,
        long[] momentShape,
        DType dtype,
        long indexEnd,
        double density) {

    private static final Set<String> COUNTERS = Set.of(Frugal.PERIOD_STEP, Frugal.ACTIVE);

    static StateLayout of(FrugalOptions options, Tensor parameter) {
        if (!options.projectable()) {
            return whole(options, parameter);
        }
        return switch (options.subspace()) {
            case Subspace.Blocks blocks -> whole(options, parameter);
            case Subspace.Columns columns -> indices(options, parameter, 1, parameter.size(1));
            case Subspace.Rows rows -> indices(options, parameter, 0, parameter.size(0));
            case Subspace.Entries entries -> indices(options, parameter, IndexProjection.ENTRIES, parameter.count());
            case Subspace.LowRank lowRank -> lowRank(options, parameter, lowRank.side());
        };
    }

    private static StateLayout whole(FrugalOptions options, Tensor parameter) {
        return layout(options, parameter, Map.of(), options.stateFull().buffers(), parameter.shape(), 0);
    }

    private static StateLayout indices(FrugalOptions options, Tensor parameter, int dimension, long length) {
        int chosen = IndexProjection.chosen(options.density(), length);
        return chosen == 0
                ? none(options, parameter)
                : layout(
                        options,
                        parameter,
                        Map.of(Frugal.INDICES, new long[] {chosen}),
                        options.stateFull().buffers(),
                        IndexProjection.lowShape(dimension, chosen, parameter),
                        length);
    }

    private static StateLayout lowRank(FrugalOptions options, Tensor parameter, Subspace.Side side) {
        long rows = parameter.size(0);
        long columns = parameter.size(1);
        LowRankShape shape = LowRankShape.of(side, options.density(), rows, columns);
        if (shape.rank() == 0) {
            return none(options, parameter);
        }
        Map<String, long[]> bases = new LinkedHashMap<>();
        if (shape.left()) {
            bases.put(Frugal.LEFT, new long[] {rows, shape.rank()});
        }
        if (shape.right()) {
            bases.put(Frugal.RIGHT, new long[] {shape.rank(), columns});
        }
        long[] low = {shape.left() ? shape.rank() : rows, shape.right() ? shape.rank() : columns};
        return layout(options, parameter, bases, options.stateFull().buffers(), low, 0);
    }

    private static StateLayout none(FrugalOptions options, Tensor parameter) {
        return layout(options, parameter, Map.of(), List.of(), new long[0], 0);
    }

    private static StateLayout layout(
            FrugalOptions options,
            Tensor parameter,
            Map<String, long[]> choice,
            List<String> moments,
            long[] momentShape,
            long indexEnd) {
        return new StateLayout(choice, moments, momentShape, parameter.dtype(), indexEnd, options.density());
    }

    /**
     * Checks a saved state.
     *
     * @param parameter its name and shape, for messages
     * @throws IllegalArgumentException if it is laid out otherwise; the message names what differs
     */
    void requireFits(String parameter, Map<String, Tensor> buffers, Map<String, Long> counters) {
        Map<String, long[]> shapes = new LinkedHashMap<>(choice);
        moments.forEach(name -> shapes.put(name, momentShape));
        buffers.forEach((name, buffer) -> {
            long[] shape = shapes.get(name);
            DType type = name.equals(Frugal.INDICES) ? DType.INT64 : dtype;
            if (shape == null || !Arrays.equals(shape, buffer.shape()) || buffer.dtype() != type) {
                throw new IllegalArgumentException(
                        "buffer '" + name + "' of the state is " + buffer + ", but of parameter " + parameter
                                + " FRUGAL keeps, at density " + density + ", " + words(shapes));
            }
        });
        requireAllOrNone(parameter, buffers.keySet(), choice.keySet());
        requireAllOrNone(parameter, buffers.keySet(), moments);
        Tensor indices = buffers.get(Frugal.INDICES);
        if (indices != null) {
            requireChoice(parameter, indices.toLongs());
        }
        counters.forEach((name, count) -> {
            if (!COUNTERS.contains(name) || (name.equals(Frugal.ACTIVE) && count > 1)) {
                throw new IllegalArgumentException("the state counts '" + name + "' of parameter " + parameter + " as "
                        + count + "; FRUGAL counts " + COUNTERS + ", the latter 0 or 1");
            }
        });
    }

    private static void requireAllOrNone(String parameter, Set<String> there, Iterable<String> needed) {
        String present = null;
        String missing = null;
        for (String name : needed) {
            if (there.contains(name)) {
                present = name;
            } else {
                missing = name;
            }
        }
        if (present != null && missing != null) {
            throw new IllegalArgumentException("the state holds buffer '" + present + "' of parameter " + parameter
                    + ", but not '" + missing + "'");
        }
    }

    private void requireChoice(String parameter, long[] indices) {
        long last = -1;
        for (long index : indices) {
            if (index <= last || index >= indexEnd) {
                throw new IllegalArgumentException(
                        "buffer '" + Frugal.INDICES + "' of the state must hold growing numbers"
                                + " from 0 to below " + indexEnd + " for parameter " + parameter + ", but " + index
                                + " follows " + last);
            }
            last = index;
        }
    }

    private String words(Map<String, long[]> shapes) {
        if (shapes.isEmpty()) {
            return "nothing";
        }
        StringBuilder words = new StringBuilder();
        shapes.forEach((name, shape) -> words.append(words.isEmpty() ? "" : ", ")
                .append(name)
                .append(' ')
                .append(Arrays.toString(shape)));
        return words.append(" of type ").append(dtype).toString();
    }
}
