package dev.steelyard.torch.safetensors;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.safetensors.SafetensorsException.Reason;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** A safetensors file, mapped into memory: tensors are read one by one, and files may be larger than memory. */
public final class SafetensorsFile implements AutoCloseable {

    private static final long LENGTH_BYTES = 8;
    private static final long LONGEST_HEADER = 100_000_000;
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final Arena arena;
    private final MemorySegment buffer;
    private final SafetensorsHeader header;

    private SafetensorsFile(Path file, Arena arena, MemorySegment buffer, SafetensorsHeader header) {
        this.file = file;
        this.arena = arena;
        this.buffer = buffer;
        this.header = header;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws SafetensorsException if the file breaks the format
     */
    public static SafetensorsFile open(Path file) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < LENGTH_BYTES) {
                throw new SafetensorsException(
                        Reason.HEADER_TOO_SMALL,
                        file,
                        "a file of " + size + " bytes holds no header; fetch the file again");
            }
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
            long length = mapped.get(LENGTH, 0);
            if (Long.compareUnsigned(length, LONGEST_HEADER) > 0) {
                throw new SafetensorsException(
                        Reason.HEADER_TOO_LARGE,
                        file,
                        "the header claims " + Long.toUnsignedString(length) + " bytes, at most " + LONGEST_HEADER
                                + " are allowed");
            }
            if (length > size - LENGTH_BYTES) {
                throw new SafetensorsException(
                        Reason.INVALID_HEADER_LENGTH,
                        file,
                        "the header of " + length + " bytes runs past the end of the file of " + size
                                + "; fetch the file again");
            }
            byte[] text = mapped.asSlice(LENGTH_BYTES, length).toArray(ValueLayout.JAVA_BYTE);
            MemorySegment buffer = mapped.asSlice(LENGTH_BYTES + length);
            SafetensorsHeader header = SafetensorsHeader.parse(file, text, buffer.byteSize());
            return new SafetensorsFile(file, arena, buffer, header);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** Names in the order of the data. */
    public List<String> names() {
        return List.copyOf(header.tensors().keySet());
    }

    public Map<String, String> metadata() {
        return Map.copyOf(header.metadata());
    }

    /**
     * What the header says of a tensor.
     *
     * @throws SafetensorsException if there is none of this name
     */
    public TensorEntry entry(String name) {
        TensorEntry entry = header.tensors().get(name);
        if (entry == null) {
            throw new SafetensorsException(Reason.TENSOR_NOT_FOUND, file, "there is no tensor '" + name + "'");
        }
        return entry;
    }

    /** A tensor's bytes, which are valid while the file is open. */
    public MemorySegment segment(String name) {
        TensorEntry entry = entry(name);
        return buffer.asSlice(entry.begin(), entry.end() - entry.begin());
    }

    /**
     * A copy of a tensor.
     *
     * @throws SafetensorsException if its type is one that can only be carried as bytes
     */
    public Tensor tensor(String name) {
        TensorEntry entry = entry(name);
        DType dtype = entry.type()
                .dtype()
                .orElseThrow(() -> new SafetensorsException(
                        Reason.UNSUPPORTED_TYPE,
                        file,
                        "tensor '" + name + "' is of type " + entry.type() + ", which is carried as bytes only"));
        long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
        Tensor tensor = Tensor.zeros(dtype, shape);
        if (tensor.count() > 0) {
            tensor.data().copyFrom(segment(name));
        }
        return tensor;
    }

    /**
     * A tensor's values in float32, rounded to nearest where they are wider: for the floating types, those of 8 bits
     * included.
     *
     * @throws SafetensorsException if the type is not floating, or is packed in less than 8 bits
     */
    public Tensor float32(String name) {
        TensorEntry entry = entry(name);
        if (entry.type().dtype().filter(DType::isFloating).isPresent()) {
            Tensor stored = tensor(name);
            return stored.dtype() == DType.FLOAT32 ? stored : stored.to(DType.FLOAT32);
        }
        float[] values = Float8.values(entry.type())
                .orElseThrow(() -> new SafetensorsException(
                        Reason.UNSUPPORTED_TYPE,
                        file,
                        "tensor '" + name + "' is of type " + entry.type()
                                + "; only F64, F32, F16, BF16 and the F8 types can be computed with"));
        MemorySegment codes = segment(name);
        Tensor tensor = Tensor.zeros(
                DType.FLOAT32, entry.shape().stream().mapToLong(Long::longValue).toArray());
        MemorySegment data = tensor.data();
        for (long i = 0; i < codes.byteSize(); i++) {
            data.setAtIndex(ValueLayout.JAVA_FLOAT, i, values[Byte.toUnsignedInt(codes.get(ValueLayout.JAVA_BYTE, i))]);
        }
        return tensor;
    }

    /** The file itself. */
    public Path path() {
        return file;
    }

    @Override
    public void close() {
        arena.close();
    }
}
