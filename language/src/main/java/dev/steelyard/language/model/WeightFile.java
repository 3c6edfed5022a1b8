package dev.steelyard.language.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** One safetensors file of floating weights: mapped for reading, written in one move. */
final class WeightFile implements AutoCloseable {

    private static final Map<String, DType> TYPES =
            Map.of("F64", DType.FLOAT64, "F32", DType.FLOAT32, "F16", DType.FLOAT16, "BF16", DType.BFLOAT16);
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** The format's own limit on headers, in bytes. */
    private static final long LARGEST_HEADER = 100_000_000;

    private static final int ALIGNMENT = 8;

    private final Path file;
    private final Arena arena = Arena.ofShared();
    private MemorySegment data;
    private JsonNode header;

    WeightFile(Path file) throws IOException {
        this.file = file;
        boolean opened = false;
        try (FileChannel channel = FileChannel.open(file)) {
            MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            long length = all.byteSize() < Long.BYTES ? -1 : all.get(LENGTH, 0);
            if (length < 2 || length > LARGEST_HEADER || length > all.byteSize() - Long.BYTES) {
                throw new InvalidModelException(
                        file + " is no safetensors file or is cut off (" + all.byteSize() + " bytes): fetch it again");
            }
            byte[] text = all.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
            header = new ObjectMapper().readTree(text);
            data = all.asSlice(Long.BYTES + length);
            opened = true;
        } catch (JsonProcessingException e) {
            throw new InvalidModelException(file + ": the header is not valid JSON: fetch the file again", e);
        } finally {
            if (!opened) {
                arena.close();
            }
        }
    }

    /** Names of the tensors, and their shapes. */
    Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new TreeMap<>();
        header.properties().forEach(entry -> {
            if (!entry.getKey().equals("__metadata__")) {
                JsonNode shape = entry.getValue().path("shape");
                long[] lengths = new long[shape.size()];
                Arrays.setAll(lengths, i -> shape.path(i).asLong(-1));
                shapes.put(entry.getKey(), lengths);
            }
        });
        return shapes;
    }

    /** Copies a tensor, converted to float32, into one of its shape. */
    void copy(String name, Tensor target) {
        JsonNode entry = header.path(name);
        DType type = TYPES.get(entry.path("dtype").asText());
        if (type == null) {
            throw new InvalidModelException(file + ": tensor " + name + " has type "
                    + entry.path("dtype").asText() + ": only " + new TreeMap<>(TYPES).keySet()
                    + " can be computed with");
        }
        long begin = entry.path("data_offsets").path(0).asLong(-1);
        long end = entry.path("data_offsets").path(1).asLong(-1);
        if (begin < 0 || end > data.byteSize() || end - begin != target.count() * type.bytes()) {
            throw new InvalidModelException(file + ": tensor " + name + " lies at bytes " + begin + " to " + end
                    + " of " + data.byteSize() + ", not as long as its shape asks: fetch the file again");
        }
        Tensor stored = Tensor.zeros(type, target.shape());
        stored.data().copyFrom(data.asSlice(begin, end - begin));
        target.copyInPlace(stored);
    }

    @Override
    public void close() {
        arena.close();
    }

    /** Writes float32 tensors; an existing file is replaced when all is on disk. */
    static void write(Path file, Map<String, Tensor> tensors) throws IOException {
        ObjectNode header = new ObjectMapper().createObjectNode();
        header.putObject("__metadata__").put("format", "pt");
        TreeMap<String, Tensor> sorted = new TreeMap<>(tensors);
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : sorted.entrySet()) {
            ObjectNode node = header.putObject(entry.getKey()).put("dtype", "F32");
            Arrays.stream(entry.getValue().shape()).forEach(node.putArray("shape")::add);
            long end = offset + entry.getValue().count() * Float.BYTES;
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, Math.ceilDiv(text.length, ALIGNMENT) * ALIGNMENT);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            writeAll(channel, length.putLong(padded.length).flip());
            writeAll(channel, ByteBuffer.wrap(padded));
            for (Tensor tensor : sorted.values()) {
                writeAll(channel, tensor.detach().data().asByteBuffer());
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
