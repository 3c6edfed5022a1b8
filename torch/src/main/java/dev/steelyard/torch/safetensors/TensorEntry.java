package dev.steelyard.torch.safetensors;

import java.util.List;

/**
 * A tensor as the header describes it.
 *
 * @param shape lengths; empty for a scalar
 * @param begin first byte in the buffer of tensors
 * @param end byte after the last
 */
public record TensorEntry(String name, SafetensorsType type, List<Long> shape, long begin, long end) {

    public TensorEntry {
        shape = List.copyOf(shape);
    }
}
