package dev.steelyard.language.model;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.safetensors.SafetensorsFolder;
import dev.steelyard.torch.safetensors.SafetensorsFolderWriter;
import dev.steelyard.torch.safetensors.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A Hugging Face folder: {@code config.json} and one or several safetensors files. */
final class ModelFolder {

    private static final String CONFIG = "config.json";
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private ModelFolder() {}

    static CausalLanguageModel load(Path folder, DType type) throws IOException {
        if (!type.isFloating()) {
            throw new IllegalArgumentException("a model computes in a floating type, not in " + type);
        }
        ModelConfig config = ModelConfig.read(folder.resolve(CONFIG));
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        Map<String, long[]> shapes = CausalLanguageModel.shapes(config);
        LinkedHashMap<String, Tensor> parameters = new LinkedHashMap<>();
        boolean loaded = false;
        try (SafetensorsFolder weights = SafetensorsFolder.open(folder)) {
            requireFits(folder, weights, config, shapes);
            for (String name : shapes.keySet()) {
                try (Scope scope = Scope.open()) {
                    parameters.put(name, read(weights, name, type).keepForever());
                }
            }
            loaded = true;
        } finally {
            if (!loaded) {
                parameters.values().forEach(Tensor::close);
            }
        }
        parameters.values().forEach(Tensor::requiresGrad);
        return new CausalLanguageModel(config, parameters);
    }

    /** Before any weight is read: a large model that does not fit is told at once. */
    private static void requireFits(
            Path folder, SafetensorsFolder weights, ModelConfig config, Map<String, long[]> shapes) {
        for (String name : weights.names()) {
            if (!shapes.containsKey(name) && !isIgnored(name, config)) {
                throw new InvalidModelException(weights.file(name).path() + ": tensor " + name
                        + " is not of this model: remove it, or give a fitting config.json");
            }
        }
        List<String> missing = new ArrayList<>(shapes.keySet());
        missing.removeAll(weights.names());
        if (!missing.isEmpty()) {
            String remedy = missing.equals(List.of(CausalLanguageModel.HEAD))
                    ? ": set tie_word_embeddings to true in config.json if the head is the embedding's matrix, or give"
                            + " the folder all of its safetensors files"
                    : ": give the folder all of its safetensors files, or a fitting config.json";
            throw new InvalidModelException(
                    folder + ": tensor " + missing.getFirst() + " is missing (" + missing.size() + " in all)" + remedy);
        }
        shapes.forEach((name, expected) -> {
            long[] stored = weights.entry(name).shape().stream()
                    .mapToLong(Long::longValue)
                    .toArray();
            if (!Arrays.equals(expected, stored)) {
                throw new InvalidModelException(weights.file(name).path() + ": tensor " + name + " has shape "
                        + Arrays.toString(stored) + ", config.json asks for " + Arrays.toString(expected)
                        + ": give a fitting config.json");
            }
        });
    }

    private static Tensor read(SafetensorsFolder weights, String name, DType type) {
        boolean same = weights.entry(name).type().dtype().filter(type::equals).isPresent();
        return same ? weights.tensor(name) : weights.float32(name).to(type);
    }

    /** Older files hold the rotary frequencies, and some a copy of a tied head: Hugging Face passes over them too. */
    private static boolean isIgnored(String name, ModelConfig config) {
        return name.endsWith(".rotary_emb.inv_freq")
                || (config.tieWordEmbeddings() && name.equals(CausalLanguageModel.HEAD));
    }

    static void save(CausalLanguageModel model, Path folder, long shardBytes) throws IOException {
        List<TensorSource> sources = new ArrayList<>();
        model.parameters().forEach((name, tensor) -> sources.add(TensorSource.of(name, tensor)));
        SafetensorsFolderWriter.write(folder, sources, METADATA, shardBytes);
        // The type that the weights have now, whatever they were read from.
        model.config().withDtype(model.type().name().toLowerCase(Locale.ROOT)).write(folder.resolve(CONFIG));
    }
}
