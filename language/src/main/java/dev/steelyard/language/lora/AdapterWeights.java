package dev.steelyard.language.lora;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.model.CausalLanguageModel;
import dev.steelyard.language.model.InvalidModelException;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.safetensors.SafetensorsFile;
import dev.steelyard.torch.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code adapter_model.safetensors}. */
final class AdapterWeights {

    static final String FILE = "adapter_model.safetensors";

    private static final String PREFIX = "base_model.model.";
    private static final String WEIGHT = ".weight";
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private AdapterWeights() {}

    /** Peft's name of a layer's A. */
    static String nameOfA(String weight) {
        return name(weight, ".lora_A.weight");
    }

    /** Peft's name of a layer's B. */
    static String nameOfB(String weight) {
        return name(weight, ".lora_B.weight");
    }

    private static String name(String weight, String ending) {
        return PREFIX + weight.substring(0, weight.length() - WEIGHT.length()) + ending;
    }

    static void write(Path folder, Map<String, Tensor> tensors) throws IOException {
        Files.createDirectories(folder);
        SafetensorsWriter.write(folder.resolve(FILE), tensors, METADATA);
    }

    static Map<String, LowRankTerm> read(
            Path folder, CausalLanguageModel model, LoraOptions options, List<String> targets, Seeds seeds)
            throws IOException {
        Path path = folder.resolve(FILE);
        if (!Files.isRegularFile(path)) {
            throw new InvalidModelException(
                    path + " is not there: an adapter's folder holds " + AdapterConfig.FILE + " and " + FILE);
        }
        Map<String, LowRankTerm> terms = new LinkedHashMap<>();
        boolean loaded = false;
        try (SafetensorsFile file = SafetensorsFile.open(path);
                Scope scope = Scope.open()) {
            Set<String> unknown = new TreeSet<>(file.names());
            Map<String, Tensor> weights = model.parameters();
            for (String target : targets) {
                long[] shape = weights.get(target).shape();
                Tensor a = tensor(file, nameOfA(target), options.rank(), shape[1]);
                Tensor b = tensor(file, nameOfB(target), shape[0], options.rank());
                terms.put(target, LowRankTerm.of(options, a, b, seeds.child(target)));
                unknown.remove(nameOfA(target));
                unknown.remove(nameOfB(target));
            }
            if (!unknown.isEmpty()) {
                throw new InvalidModelException(path + ": tensor "
                        + unknown.iterator().next() + " belongs to no target of " + AdapterConfig.FILE
                        + ": give the adapter of this model");
            }
            loaded = true;
            return terms;
        } finally {
            if (!loaded) {
                terms.values().forEach(LowRankTerm::close);
            }
        }
    }

    private static Tensor tensor(SafetensorsFile file, String name, long rows, long columns) {
        if (!file.names().contains(name)) {
            throw new InvalidModelException(file.path() + ": tensor " + name + " is missing: give the adapter whole");
        }
        List<Long> shape = file.entry(name).shape();
        if (!shape.equals(List.of(rows, columns))) {
            throw new InvalidModelException(file.path() + ": tensor " + name + " has shape " + shape
                    + ", the model and the adapter's rank ask for [" + rows + ", " + columns
                    + "]: give the adapter of this model");
        }
        return file.float32(name);
    }
}
