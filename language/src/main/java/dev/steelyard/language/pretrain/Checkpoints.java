package dev.steelyard.language.pretrain;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.safetensors.StateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checkpoints of a pre-training, {@code checkpoints/step-000200/}: the model, the optimiser's state and where the run
 * stood. A folder appears under its name only when it is whole; the last two are kept.
 */
final class Checkpoints {

    private static final int KEPT = 2;
    private static final String PREFIX = "step-";
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

    void save(CausalLanguageModel model, Optimizer optimizer, Stand stand) {
        Path place = folder.resolve(PREFIX + String.format("%06d", stand.step()));
        Path beside = folder.resolve(place.getFileName() + ".tmp");
        try {
            deleteTree(beside);
            Files.createDirectories(beside);
            model.save(beside);
            StateDict state = optimizer.state();
            StateFiles.save(beside.resolve(OPTIMIZER), state);
            state.tensors().values().forEach(Tensor::close);
            Files.writeString(beside.resolve(STAND), JSON.writeValueAsString(stand));
            deleteTree(place);
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
            List<Path> all = all();
            for (Path old : all.subList(0, Math.max(0, all.size() - KEPT))) {
                deleteTree(old);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write checkpoint " + place + " (" + e.getMessage()
                            + "); the previous one is untouched: make room and use --resume",
                    e);
        }
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
            throw new UncheckedIOException("cannot read " + file + " (" + e.getMessage() + ")", e);
        }
    }

    StateDict optimizer(Path checkpoint) {
        try {
            return StateFiles.load(checkpoint.resolve(OPTIMIZER));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read " + checkpoint.resolve(OPTIMIZER) + " (" + e.getMessage() + ")", e);
        }
    }

    private List<Path> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> path.getFileName().toString().matches(PREFIX + "\\d+"))
                    .sorted(Comparator.comparingLong(
                            path -> Long.parseLong(path.getFileName().toString().substring(PREFIX.length()))))
                    .toList();
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
