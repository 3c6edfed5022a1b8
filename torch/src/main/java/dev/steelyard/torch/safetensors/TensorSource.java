package dev.steelyard.torch.safetensors;

import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A tensor to be written, whose bytes are asked for only when their turn comes: a model can be written that is larger
 * than memory, such as a merge of others.
 *
 * @param name anything but {@code __metadata__}
 * @param type element type
 * @param shape lengths, each at least 0; empty for a scalar
 * @param bytes gives the elements, row-major and little-endian, {@link #size()} bytes in all. It is asked once, within a
 *     {@link dev.steelyard.torch.Scope} that closes when they are written
 */
public record TensorSource(String name, SafetensorsType type, List<Long> shape, Supplier<MemorySegment> bytes) {

    public TensorSource {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(bytes, "bytes");
        shape = List.copyOf(shape);
        if (name.equals(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException("no tensor can be called '" + name + "', which the format reserves");
        }
        for (long length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException("tensor '" + name + "' has the length " + length + " in its shape "
                        + shape + "; lengths are at least 0");
            }
        }
        if (bits(type, shape) % Byte.SIZE != 0) {
            throw new IllegalArgumentException(
                    "tensor '" + name + "' of type " + type + " and shape " + shape + " does not end on a whole byte");
        }
    }

    /** A tensor in memory, on any device. */
    public static TensorSource of(String name, Tensor tensor) {
        return new TensorSource(
                name,
                SafetensorsType.of(tensor.dtype()),
                Arrays.stream(tensor.shape()).boxed().toList(),
                () -> tensor.detach().to("cpu").contiguous().data());
    }

    /** A tensor of an open file, byte for byte, whatever its type. */
    public static TensorSource of(SafetensorsFile file, String name) {
        TensorEntry entry = file.entry(name);
        return new TensorSource(name, entry.type(), entry.shape(), () -> file.segment(name));
    }

    /** How many bytes it fills. */
    public long size() {
        return bits(type, shape) / Byte.SIZE;
    }

    private static long bits(SafetensorsType type, List<Long> shape) {
        return shape.stream().reduce((long) type.bits(), Math::multiplyExact);
    }
}
