package dev.steelyard.torch.safetensors;

import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The state of an optimiser as one safetensors file; its values stand in the metadata. */
public final class StateFiles {

    private StateFiles() {}

    /** Writes a state. */
    public static void save(Path file, StateDict state) throws IOException {
        SafetensorsWriter.write(file, state.tensors(), state.values());
    }

    /** Reads a state; the tensors belong to the caller's scope. */
    public static StateDict load(Path file) throws IOException {
        try (SafetensorsFile opened = SafetensorsFile.open(file)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            opened.names().forEach(name -> tensors.put(name, opened.tensor(name)));
            return new StateDict(tensors, opened.metadata());
        }
    }
}
