package dev.steelyard.cli;

import dev.steelyard.torch.DType;
import picocli.CommandLine.Option;

/** {@code --dtype}: of weights that are only read. */
final class TypeOption {

    /** The types of the option. */
    enum Type {
        FLOAT32(DType.FLOAT32),
        BFLOAT16(DType.BFLOAT16);

        private final DType dtype;

        Type(DType dtype) {
            this.dtype = dtype;
        }
    }

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            defaultValue = "float32",
            description =
                    "Type of the weights in memory, ${COMPLETION-CANDIDATES} (default: float32); bfloat16 needs half"
                            + " of the memory and rounds.")
    private Type type;

    DType type() {
        return type.dtype;
    }
}
