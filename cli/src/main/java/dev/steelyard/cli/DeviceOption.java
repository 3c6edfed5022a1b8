package dev.steelyard.cli;

import dev.steelyard.torch.Torch;
import picocli.CommandLine.Option;

/** {@code --device}. */
final class DeviceOption {

    private static final String CPU = "cpu";
    private static final String CUDA = "cuda";

    @Option(names = "--device", paramLabel = "NAME", defaultValue = CPU, description = "cpu (default) or cuda.")
    private String name;

    /**
     * The device, which can be computed on here.
     *
     * @throws IllegalArgumentException if there is no such device; the message says what to do
     */
    String name() {
        if (!name.equals(CPU) && !name.equals(CUDA)) {
            throw new IllegalArgumentException("--device must be cpu or cuda, was '" + name + "'");
        }
        if (name.equals(CUDA) && !Torch.cudaAvailable()) {
            throw new IllegalArgumentException("--device cuda: no GPU can be computed on here. Take --device cpu, or"
                    + " start with STEELYARD_GPU=1 on a machine with an NVIDIA GPU, CUDA 13 and cuDNN 9"
                    + " ('steelyard doctor' looks for it)");
        }
        return name;
    }
}
