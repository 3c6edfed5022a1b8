package dev.steelyard.cli;

import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.InvalidModelException;
import dev.steelyard.torch.Tensor;
import java.io.IOException;
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
    static CausalLanguageModel load(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidModelException(folder + (Files.exists(folder) ? " is not a folder" : " does not exist")
                    + ": name a model's folder, which holds config.json, model.safetensors and tokenizer.json");
        }
        CausalLanguageModel model = CausalLanguageModel.load(folder);
        for (Map.Entry<String, Tensor> parameter : model.parameters().entrySet()) {
            if (!parameter.getValue().isFinite()) {
                model.close();
                throw new InvalidModelException(folder + ": tensor " + parameter.getKey()
                        + " holds NaN or infinity: take an earlier checkpoint, or fetch the files again");
            }
        }
        return model;
    }
}
