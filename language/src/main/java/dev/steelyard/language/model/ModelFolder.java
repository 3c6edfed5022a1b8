package dev.steelyard.language.model;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Hugging Face folder: {@code config.json} and one or several safetensors files. */
final class ModelFolder {

    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    private ModelFolder() {}

    static CausalLanguageModel load(Path folder) throws IOException {
        ModelConfig config = ModelConfig.read(folder.resolve(CONFIG));
        Map<String, long[]> missing = CausalLanguageModel.shapes(config);
        LinkedHashMap<String, Tensor> parameters = new LinkedHashMap<>();
        boolean loaded = false;
        try (NoGrad noGrad = NoGrad.open()) {
            missing.forEach((name, shape) ->
                    parameters.put(name, Tensor.zeros(DType.FLOAT32, shape).keepForever()));
            for (Path file : files(folder)) {
                read(file, config, missing, parameters);
            }
            if (!missing.isEmpty()) {
                throw new InvalidModelException(folder + ": tensor "
                        + missing.keySet().iterator().next() + " is missing (" + missing.size()
                        + " in all): give the folder all of its safetensors files, or a fitting config.json");
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

    private static void read(Path file, ModelConfig config, Map<String, long[]> missing, Map<String, Tensor> parameters)
            throws IOException {
        try (WeightFile weights = new WeightFile(file);
                Scope scope = Scope.open()) {
            for (Map.Entry<String, long[]> entry : weights.shapes().entrySet()) {
                String name = entry.getKey();
                if (isIgnored(name, config)) {
                    continue;
                }
                long[] expected = missing.remove(name);
                if (expected == null) {
                    throw new InvalidModelException(file + ": tensor " + name
                            + (parameters.containsKey(name) ? " stands in two files" : " is not of this model")
                            + ": remove it, or give a fitting config.json");
                }
                if (!Arrays.equals(expected, entry.getValue())) {
                    throw new InvalidModelException(file + ": tensor " + name + " has shape "
                            + Arrays.toString(entry.getValue()) + ", config.json asks for "
                            + Arrays.toString(expected) + ": give a fitting config.json");
                }
                weights.copy(name, parameters.get(name));
            }
        }
    }

    /** Older files hold the rotary frequencies, and some a copy of a tied head: Hugging Face passes over them too. */
    private static boolean isIgnored(String name, ModelConfig config) {
        return name.endsWith(".rotary_emb.inv_freq")
                || (config.tieWordEmbeddings() && name.equals(CausalLanguageModel.HEAD));
    }

    private static List<Path> files(Path folder) throws IOException {
        if (Files.exists(folder.resolve(WEIGHTS))) {
            return List.of(folder.resolve(WEIGHTS));
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> shards = all.filter(file -> file.getFileName().toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
            if (shards.isEmpty()) {
                throw new InvalidModelException(folder + " holds no safetensors files: a model's folder holds " + CONFIG
                        + ", " + WEIGHTS + " and tokenizer.json");
            }
            return shards;
        }
    }

    static void save(CausalLanguageModel model, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Scope scope = Scope.open()) {
            WeightFile.write(folder.resolve(WEIGHTS), model.parameters());
        }
        // The weights are float32 now, whatever they were read from; an index of former shards no longer holds.
        model.config().withDtype("float32").write(folder.resolve(CONFIG));
        Files.deleteIfExists(folder.resolve(INDEX));
    }
}
