package dev.steelyard.torch;

import java.util.Map;
import java.util.TreeMap;

/**
 * The state of an optimiser or a model by name: tensors, and values such as counters as text. It is what a checkpoint
 * holds.
 *
 * @param tensors tensors by name
 * @param values numbers and words by name
 */
public record StateDict(Map<String, Tensor> tensors, Map<String, String> values) {

    public StateDict {
        tensors = new TreeMap<>(tensors);
        values = new TreeMap<>(values);
    }

    /**
     * A tensor that must be there.
     *
     * @throws IllegalArgumentException if it is absent or of another shape
     */
    public Tensor tensor(String name, long... shape) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the state lacks tensor '" + name + "'; it has " + tensors.keySet());
        }
        if (!java.util.Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException("tensor '" + name + "' of the state has shape "
                    + java.util.Arrays.toString(tensor.shape()) + ", expected " + java.util.Arrays.toString(shape));
        }
        return tensor;
    }

    /**
     * A value that must be there.
     *
     * @throws IllegalArgumentException if it is absent
     */
    public String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the state lacks value '" + name + "'; it has " + values.keySet());
        }
        return value;
    }

    /**
     * A counter that must be there.
     *
     * @throws IllegalArgumentException if it is absent, or no number of at least 0
     */
    public long count(String name) {
        String value = value(name);
        try {
            long count = Long.parseLong(value);
            if (count >= 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "value '" + name + "' of the state must be a count of at least 0, was '" + value + "'");
    }
}
