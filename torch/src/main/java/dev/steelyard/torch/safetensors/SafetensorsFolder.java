package dev.steelyard.torch.safetensors;

import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.safetensors.SafetensorsException.Reason;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The weights of a model's folder, in one file or in shards: mapped into memory and read tensor by tensor, so that a
 * model may be larger than memory.
 *
 * <p>The shards that {@code model.safetensors.index.json} names are read; without an index the file
 * {@code model.safetensors}; without that the only safetensors file, or a whole set
 * {@code NAME-00001-of-0000N.safetensors}. Where there is an index, a tensor that it does not name does not exist.
 */
public final class SafetensorsFolder implements AutoCloseable {

    static final String SINGLE = "model.safetensors";

    private static final String ENDING = ".safetensors";
    private static final List<String> PICKLES = List.of("pytorch_model.bin", "pytorch_model.bin.index.json");

    private final Path folder;
    private final List<SafetensorsFile> files;
    private final Map<String, SafetensorsFile> tensors;

    private SafetensorsFolder(Path folder, List<SafetensorsFile> files, Map<String, SafetensorsFile> tensors) {
        this.folder = folder;
        this.files = files;
        this.tensors = tensors;
    }

    /**
     * Opens a folder and checks all headers against each other and against the index.
     *
     * @throws SafetensorsException if there are no weights in this format, the index or a file breaks the format, a shard
     *     is missing, a tensor is not in the shard that the index names, or a tensor stands in two shards
     */
    public static SafetensorsFolder open(Path folder) throws IOException {
        Path index = folder.resolve(ShardIndex.FILE);
        if (Files.exists(index)) {
            return openIndexed(folder, index);
        }
        return openAll(folder, files(folder));
    }

    private static SafetensorsFolder openIndexed(Path folder, Path index) throws IOException {
        Map<String, String> mapped = ShardIndex.read(index).shards();
        Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
        boolean opened = false;
        try {
            for (Map.Entry<String, String> entry : mapped.entrySet()) {
                if (!shards.containsKey(entry.getValue())) {
                    shards.put(entry.getValue(), openShard(folder, index, entry));
                }
            }
            List<SafetensorsFile> files = List.copyOf(shards.values());
            Map<String, SafetensorsFile> holders = holders(files);
            Map<String, SafetensorsFile> tensors = new LinkedHashMap<>();
            mapped.forEach((name, shard) -> {
                if (holders.get(name) != shards.get(shard)) {
                    throw new SafetensorsException(
                            Reason.TENSOR_NOT_FOUND,
                            index,
                            "tensor '" + name + "' is not in its shard " + shard
                                    + "; fetch the index and the shards of one version");
                }
                tensors.put(name, shards.get(shard));
            });
            opened = true;
            return new SafetensorsFolder(folder, files, tensors);
        } finally {
            if (!opened) {
                shards.values().forEach(SafetensorsFile::close);
            }
        }
    }

    private static SafetensorsFile openShard(Path folder, Path index, Map.Entry<String, String> mapped)
            throws IOException {
        Path shard = folder.resolve(mapped.getValue());
        if (!Files.isRegularFile(shard)) {
            throw new SafetensorsException(
                    Reason.SHARD_MISSING,
                    index,
                    "shard " + mapped.getValue() + ", which should hold tensor '" + mapped.getKey()
                            + "', is not in the folder; fetch it");
        }
        return SafetensorsFile.open(shard);
    }

    private static SafetensorsFolder openAll(Path folder, List<Path> paths) throws IOException {
        List<SafetensorsFile> files = new ArrayList<>();
        boolean opened = false;
        try {
            for (Path path : paths) {
                files.add(SafetensorsFile.open(path));
            }
            Map<String, SafetensorsFile> tensors = holders(files);
            opened = true;
            return new SafetensorsFolder(folder, files, tensors);
        } finally {
            if (!opened) {
                files.forEach(SafetensorsFile::close);
            }
        }
    }

    private static Map<String, SafetensorsFile> holders(List<SafetensorsFile> files) {
        Map<String, SafetensorsFile> holders = new LinkedHashMap<>();
        for (SafetensorsFile file : files) {
            for (String name : file.names()) {
                SafetensorsFile other = holders.putIfAbsent(name, file);
                if (other != null) {
                    throw new SafetensorsException(
                            Reason.DUPLICATE_TENSOR,
                            file.path(),
                            "tensor '" + name + "' stands in " + other.path().getFileName()
                                    + " too; remove the file that does not belong to this model");
                }
            }
        }
        return holders;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (Files.exists(folder.resolve(SINGLE))) {
            return List.of(folder.resolve(SINGLE));
        }
        List<Path> found;
        try (Stream<Path> all = Files.list(folder)) {
            found = all.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        }
        if (found.size() > 1) {
            ShardName.requireWholeSet(folder, found);
        }
        if (found.isEmpty()) {
            for (String pickle : PICKLES) {
                if (Files.exists(folder.resolve(pickle))) {
                    throw new SafetensorsException(
                            Reason.NO_WEIGHTS,
                            folder,
                            "the weights are a pickle (" + pickle + "), which can run code when it is read: only"
                                    + " safetensors files are read; fetch the model in that format");
                }
            }
            throw new SafetensorsException(
                    Reason.NO_WEIGHTS,
                    folder,
                    "the folder holds no safetensors files; a model's folder holds " + SINGLE);
        }
        return found;
    }

    /** Names of all tensors: in the index's order, or file by file in the order of the data. */
    public Set<String> names() {
        return java.util.Collections.unmodifiableSet(tensors.keySet());
    }

    /** The files that are read, in the order in which they were opened. */
    public List<Path> files() {
        return files.stream().map(SafetensorsFile::path).toList();
    }

    /**
     * The file that holds a tensor.
     *
     * @throws SafetensorsException if there is none of this name
     */
    public SafetensorsFile file(String name) {
        SafetensorsFile file = tensors.get(name);
        if (file == null) {
            throw new SafetensorsException(Reason.TENSOR_NOT_FOUND, folder, "there is no tensor '" + name + "'");
        }
        return file;
    }

    /**
     * What its header says of a tensor.
     *
     * @throws SafetensorsException if there is none of this name
     */
    public TensorEntry entry(String name) {
        return file(name).entry(name);
    }

    /** A tensor's bytes, which are valid while the folder is open. */
    public MemorySegment segment(String name) {
        return file(name).segment(name);
    }

    /** A copy of a tensor; see {@link SafetensorsFile#tensor}. */
    public Tensor tensor(String name) {
        return file(name).tensor(name);
    }

    /** A tensor's values in float32; see {@link SafetensorsFile#float32}. */
    public Tensor float32(String name) {
        return file(name).float32(name);
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
