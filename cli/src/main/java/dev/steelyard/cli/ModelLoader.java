package dev.steelyard.cli;

import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.InvalidModelException;
import dev.steelyard.language.tokenizer.InvalidTokenizerException;
import dev.steelyard.language.tokenizer.Tokenizer;
import dev.steelyard.torch.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Loads a model that can be computed with. */
final class ModelLoader {

    private ModelLoader() {}

    /**
     * Loads a model's folder.
     *
     * @throws InvalidModelException if it is no such folder, or if a weight is NaN or infinite; the message names it
     */
    static CausalLanguageModel load(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidModelException(folder + (Files.exists(folder) ? " is not a folder" : " does not exist")
                    + ": name a model's folder, which holds config.json, model.safetensors and tokenizer.json");
        }
        CausalLanguageModel model = read(folder, () -> CausalLanguageModel.load(folder));
        for (Map.Entry<String, Tensor> parameter : model.parameters().entrySet()) {
            if (!parameter.getValue().isFinite()) {
                model.close();
                throw new InvalidModelException(folder + ": tensor " + parameter.getKey()
                        + " holds NaN or infinity: take an earlier checkpoint, or fetch the files again");
            }
        }
        return model;
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
