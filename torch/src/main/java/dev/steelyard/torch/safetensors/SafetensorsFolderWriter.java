package dev.steelyard.torch.safetensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a model's weights into a folder: one file {@code model.safetensors} where they fit, or shards
 * {@code model-00001-of-0000N.safetensors} with their index.
 */
public final class SafetensorsFolderWriter {

    /** Bytes of tensors that a shard may hold, as the tools of the field have it. */
    public static final long SHARD_BYTES = 5_000_000_000L;

    private SafetensorsFolderWriter() {}

    /**
     * Writes tensors, in the memory of one of them. Shards are filled in the order of the tensors; one that is larger
     * than the limit has a shard of its own. All is on disk under other names before the first file is replaced, so that
     * a failure while writing leaves what was there. An index, or a single file, of a former model is removed; shards of
     * one that have other names are left, and no reader looks at them.
     *
     * @param sources in the order in which they fill the shards
     * @param metadata of each file; by custom {@code format=pt}
     * @param shardBytes bytes of tensors that a shard may hold, above 0
     * @throws IllegalArgumentException if two tensors have the same name, or one gives another number of bytes than its
     *     shape needs
     */
    public static void write(
            Path folder, Collection<TensorSource> sources, Map<String, String> metadata, long shardBytes)
            throws IOException {
        if (shardBytes < 1) {
            throw new IllegalArgumentException("shardBytes must be above 0, not " + shardBytes);
        }
        Files.createDirectories(folder);
        List<List<TensorSource>> shards = shards(sources, shardBytes);
        Path index = folder.resolve(ShardIndex.FILE);
        Path single = folder.resolve(SafetensorsFolder.SINGLE);
        if (shards.size() == 1) {
            SafetensorsWriter.write(single, shards.getFirst(), metadata);
            Files.deleteIfExists(index);
            return;
        }
        ShardIndex written = index(shards);
        List<Path> temporary = new ArrayList<>();
        Path newIndex = index.resolveSibling(index.getFileName() + ".tmp");
        try {
            for (int i = 0; i < shards.size(); i++) {
                Path shard = folder.resolve(ShardName.of(i + 1, shards.size()) + ".tmp");
                temporary.add(shard);
                SafetensorsWriter.writeInPlace(shard, shards.get(i), metadata);
            }
            temporary.add(newIndex);
            Files.write(newIndex, written.toJson());
            // Without its index, a former model that is half replaced cannot be taken for a whole one.
            Files.deleteIfExists(index);
            for (int i = 0; i < shards.size(); i++) {
                move(temporary.get(i), folder.resolve(ShardName.of(i + 1, shards.size())));
            }
            move(newIndex, index);
            Files.deleteIfExists(single);
        } catch (IOException | RuntimeException | Error e) {
            for (Path file : temporary) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static List<List<TensorSource>> shards(Collection<TensorSource> sources, long shardBytes) {
        List<List<TensorSource>> shards = new ArrayList<>();
        List<TensorSource> current = new ArrayList<>();
        shards.add(current);
        long filled = 0;
        for (TensorSource source : sources) {
            if (!current.isEmpty() && source.size() > shardBytes - filled) {
                current = new ArrayList<>();
                shards.add(current);
                filled = 0;
            }
            current.add(source);
            filled += source.size();
        }
        return shards;
    }

    private static ShardIndex index(List<List<TensorSource>> shards) {
        Map<String, String> names = new LinkedHashMap<>();
        long bytes = 0;
        for (int i = 0; i < shards.size(); i++) {
            for (TensorSource source : shards.get(i)) {
                if (names.put(source.name(), ShardName.of(i + 1, shards.size())) != null) {
                    throw new IllegalArgumentException(
                            "tensor '" + source.name() + "' is to be written twice; names are unique in a model");
                }
                bytes += source.size();
            }
        }
        return new ShardIndex(names, bytes);
    }
}
