package dev.steelyard.cli;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.lora.LoraAdapter;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.InvalidModelException;
import dev.steelyard.language.tokenizer.InvalidTokenizerException;
import dev.steelyard.language.tokenizer.Tokenizer;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Loads a model that can be computed with. */
final class ModelLoader {

    private static final String CONFIG = "config.json";
    private static final String ADAPTER = "adapter_config.json";

    private ModelLoader() {}

    /**
     * Loads a model's folder; of an adapter's folder, the base that it names with the adapter added to its weights.
     *
     * @throws InvalidModelException if it is no such folder, or if a weight is NaN or infinite; the message names it
     */
    static CausalLanguageModel load(Path folder, DType type) {
        requireFolder(folder);
        if (!Files.exists(folder.resolve(CONFIG)) && Files.exists(folder.resolve(ADAPTER))) {
            return adapted(folder, type);
        }
        CausalLanguageModel model = read(folder, () -> CausalLanguageModel.load(folder, type));
        try {
            requireFinite(folder, model.parameters());
        } catch (InvalidModelException e) {
            model.close();
            throw e;
        }
        return model;
    }

    /** Loads it in float32. */
    static CausalLanguageModel load(Path folder) {
        return load(folder, DType.FLOAT32);
    }

    /** @throws InvalidModelException if it is no folder */
    static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidModelException(folder + (Files.exists(folder) ? " is not a folder" : " does not exist")
                    + ": name a model's folder, which holds config.json, model.safetensors and tokenizer.json");
        }
    }

    /** Whether a folder holds a model, or an adapter. */
    static boolean isModel(Path folder) {
        return Files.exists(folder.resolve(CONFIG)) || Files.exists(folder.resolve(ADAPTER));
    }

    private static CausalLanguageModel adapted(Path folder, DType type) {
        Path base = Path.of(read(folder, () -> LoraAdapter.options(folder)).base());
        if (!Files.isDirectory(base)) {
            throw new InvalidModelException(folder.resolve(ADAPTER) + ": base_model_name_or_path: '" + base
                    + "' is no folder here: fetch the base model, and name its folder there");
        }
        CausalLanguageModel model = load(base, type);
        try (LoraAdapter adapter = adapter(model, folder, Seeds.root(0))) {
            adapter.merge();
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Loads an adapter, and attaches it.
     *
     * @throws InvalidModelException if it does not fit, or if a weight is NaN or infinite; the message names it
     */
    static LoraAdapter adapter(CausalLanguageModel model, Path folder, Seeds seeds) {
        LoraAdapter adapter = read(folder, () -> LoraAdapter.load(model, folder, seeds));
        try {
            requireFinite(folder, adapter.parameters());
        } catch (InvalidModelException e) {
            adapter.close();
            throw e;
        }
        return adapter;
    }

    private static void requireFinite(Path folder, Map<String, Tensor> parameters) {
        parameters.forEach((name, tensor) -> {
            if (!tensor.isFinite()) {
                throw new InvalidModelException(folder + ": tensor " + name
                        + " holds NaN or infinity: take an earlier checkpoint, or fetch the files again");
            }
        });
    }

    /**
     * Loads the tokenizer of a model's folder.
     *
     * @throws InvalidTokenizerException if there is none, or if it is not valid
     */
    static Tokenizer tokenizer(Path folder) {
        return read(folder, () -> Tokenizer.load(folder));
    }

    private static <T> T read(Path folder, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read the model in " + folder + " (" + e.getMessage()
                            + "): config.json, model.safetensors and tokenizer.json must be files that can be read",
                    e);
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }
}
