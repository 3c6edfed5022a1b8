package dev.steelyard.language.pretrain;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.core.run.AtomicFiles;
import dev.steelyard.language.model.TrainableModel;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.safetensors.StateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checkpoints of a pre-training, {@code checkpoints/step-000200/}: the model, the optimiser's state and where the run
 * stood. A folder appears under its name only when it is whole and on disk; the last two are kept.
 */
final class Checkpoints {

    private static final int KEPT = 2;
    private static final String PREFIX = "step-";
    private static final String UNFINISHED = ".tmp";
    private static final Predicate<String> WHOLE =
            Pattern.compile(PREFIX + "\\d+").asMatchPredicate();
    private static final String OPTIMIZER = "optimizer.safetensors";
    private static final String STAND = "stand.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    Checkpoints(Path out) {
        this.folder = out.resolve("checkpoints");
    }

    /**
     * Where a run stood.
     *
     * @param step steps done
     * @param batches batches dealt
     * @param corpus fingerprint of the training tokens
     */
    record Stand(int step, long batches, String corpus, PretrainOptions options) {}

    /**
     * Keeps a checkpoint. When that fails, what had been written of it is taken away and those before are untouched.
     *
     * @throws IOException if it cannot be written
     */
    void save(TrainableModel model, Optimizer optimizer, Stand stand) throws IOException {
        Path place = place(stand.step());
        Path beside = folder.resolve(place.getFileName() + UNFINISHED);
        try {
            deleteUnfinished();
            Files.createDirectories(beside);
            model.save(beside);
            StateDict state = optimizer.state();
            try {
                StateFiles.save(beside.resolve(OPTIMIZER), state);
            } finally {
                state.tensors().values().forEach(Tensor::close);
            }
            AtomicFiles.write(beside.resolve(STAND), JSON.writeValueAsString(stand));
            force(beside);
            deleteTree(place);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            forceFolder(folder);
            List<Path> all = all();
            for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                deleteTree(old);
            }
        } catch (UncheckedIOException e) {
            discard(beside, e.getCause());
            throw e.getCause();
        } catch (IOException e) {
            discard(beside, e);
            throw e;
        }
    }

    /** Where the checkpoint of a step stands, or would stand. */
    Path place(int step) {
        return folder.resolve(PREFIX + String.format(Locale.ROOT, "%06d", step));
    }

    Optional<Path> latest() {
        try {
            List<Path> all = all();
            return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + " (" + e.getMessage() + ")", e);
        }
    }

    Stand stand(Path checkpoint) {
        Path file = checkpoint.resolve(STAND);
        try {
            return JSON.readValue(Files.readString(file), Stand.class);
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    StateDict optimizer(Path checkpoint) {
        Path file = checkpoint.resolve(OPTIMIZER);
        try {
            return StateFiles.load(file);
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    private static UncheckedIOException cannotRead(Path file, IOException e) {
        String reason = e instanceof NoSuchFileException ? "it is missing" : e.getMessage();
        return new UncheckedIOException(
                "cannot read " + file + " (" + reason
                        + "): take this checkpoint's folder away to go on from the one before",
                e);
    }

    private List<Path> all() throws IOException {
        return inside(WHOLE)
                .sorted(Comparator.comparingLong(
                        path -> Long.parseLong(path.getFileName().toString().substring(PREFIX.length()))))
                .toList();
    }

    /** What a kill left half written. */
    private void deleteUnfinished() throws IOException {
        for (Path left : inside(name -> name.startsWith(PREFIX) && name.endsWith(UNFINISHED))
                .toList()) {
            deleteTree(left);
        }
    }

    private Stream<Path> inside(Predicate<String> wanted) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> wanted.test(path.getFileName().toString())).toList().stream();
        }
    }

    /** Forces every file, and then their folder, to disk: the name must not outlive the content in a power cut. */
    private static void force(Path tree) throws IOException {
        try (Stream<Path> inside = Files.list(tree)) {
            for (Path file : inside.toList()) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
        forceFolder(tree);
    }

    private static void forceFolder(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder);
        } catch (IOException e) {
            // Windows opens no folders, and needs no force of them.
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }

    private static void discard(Path beside, IOException cause) {
        try {
            deleteTree(beside);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(tree)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
