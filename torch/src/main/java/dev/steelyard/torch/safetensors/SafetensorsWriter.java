package dev.steelyard.torch.safetensors;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes safetensors files, byte for byte as the reference writer does. */
public final class SafetensorsWriter {

    private static final int ALIGNMENT = 8;
    private static final int CHUNK = 1 << 26;
    /** Control characters are escaped as the reference writer does. */
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();

    private SafetensorsWriter() {}

    /**
     * Writes tensors to a file, which appears only when it is whole and on disk; a file of that name survives a
     * failure untouched.
     *
     * @param metadata free text by name; empty for none
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        List<TensorSource> sources = new ArrayList<>();
        tensors.forEach((name, tensor) -> sources.add(TensorSource.of(name, tensor)));
        write(file, sources, metadata);
    }

    /**
     * Writes tensors that are made one by one, as {@link #write(Path, Map, Map)} does, in the memory of one of them.
     *
     * @param sources in any order, which the file does not keep; types that cannot be computed with are fine
     * @throws IllegalArgumentException if two have the same name, or one gives another number of bytes than its shape
     *     needs
     */
    public static void write(Path file, Collection<TensorSource> sources, Map<String, String> metadata)
            throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".tmp");
        writeInPlace(beside, sources, metadata);
        try {
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    /** Writes a file that nobody reads yet, to disk; it is gone if that fails. */
    static void writeInPlace(Path file, Collection<TensorSource> sources, Map<String, String> metadata)
            throws IOException {
        List<TensorSource> sorted = sorted(sources);
        ByteBuffer header = header(sorted, metadata);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            try {
                writeFully(channel, header);
                for (TensorSource source : sorted) {
                    try (Scope scope = Scope.open()) {
                        writeData(channel, source);
                    }
                }
                channel.force(true);
            } catch (IOException | RuntimeException | Error e) {
                Files.deleteIfExists(file);
                throw e;
            }
        }
    }

    /** Wide types first, which keeps every tensor aligned to its own size; then by name. */
    private static List<TensorSource> sorted(Collection<TensorSource> sources) {
        Set<String> names = new HashSet<>();
        for (TensorSource source : sources) {
            if (!names.add(source.name())) {
                throw new IllegalArgumentException(
                        "tensor '" + source.name() + "' is to be written twice; names are unique in a file");
            }
        }
        List<TensorSource> sorted = new ArrayList<>(sources);
        sorted.sort(Comparator.comparing(TensorSource::type)
                .reversed()
                .thenComparing(source -> source.name().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
        return sorted;
    }

    private static ByteBuffer header(List<TensorSource> sorted, Map<String, String> metadata) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode node = root.putObject(SafetensorsHeader.METADATA);
            metadata.forEach(node::put);
        }
        long offset = 0;
        for (TensorSource source : sorted) {
            ObjectNode node = root.putObject(source.name());
            node.put("dtype", source.type().name());
            ArrayNode shape = node.putArray("shape");
            source.shape().forEach(shape::add);
            long end = Math.addExact(offset, source.size());
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        // Not to bytes at once: Jackson would escape what lies beyond the first 65,536 characters.
        byte[] text = JSON.writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(text);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.flip();
    }

    private static void writeData(FileChannel channel, TensorSource source) throws IOException {
        MemorySegment data = source.bytes().get();
        long bytes = source.size();
        if (data.byteSize() != bytes) {
            throw new IllegalArgumentException("tensor '" + source.name() + "' gave " + data.byteSize()
                    + " bytes, but shape " + source.shape() + " of " + source.type() + " needs " + bytes);
        }
        for (long start = 0; start < bytes; start += CHUNK) {
            writeFully(
                    channel, data.asSlice(start, Math.min(CHUNK, bytes - start)).asByteBuffer());
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
