package dev.steelyard.cli;

import dev.steelyard.language.lora.LoraOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether an adapter of low rank is learnt, and which. */
final class AdapterOptions {

    @Option(
            names = "--lora-rank",
            paramLabel = "R",
            description = "Freeze the base, and learn an adapter of this rank. Default: learn all weights.")
    private Optional<Integer> rank;

    @Option(names = "--lora-alpha", paramLabel = "A", description = "The adapter counts alpha / rank (default: rank).")
    private Optional<Double> alpha;

    @Option(
            names = "--lora-dropout",
            paramLabel = "P",
            description = "Share of the adapter's inputs that training drops (default: 0).")
    private Optional<Double> dropout;

    @Option(
            names = "--lora-targets",
            paramLabel = "NAME",
            split = ",",
            description = "Linear layers with an adapter (default: q_proj,v_proj).")
    private List<String> targets = List.of();

    @Option(
            names = "--merge",
            description = "Add the adapter to the weights at the end, and save a whole model, not an adapter.")
    private boolean merge;

    /**
     * The adapter's shape; empty when all weights are learnt.
     *
     * @throws IllegalArgumentException if an option is out of range, or given without a rank
     */
    Optional<LoraOptions> lora(Path base) {
        if (rank.isEmpty()) {
            if (alpha.isPresent() || dropout.isPresent() || !targets.isEmpty() || merge) {
                throw new IllegalArgumentException("--lora-alpha, --lora-dropout, --lora-targets and --merge are of an"
                        + " adapter; give --lora-rank too");
            }
            return Optional.empty();
        }
        LoraOptions defaults = LoraOptions.defaults();
        return Optional.of(new LoraOptions(
                rank.get(),
                alpha.orElse((double) rank.get()),
                dropout.orElse(defaults.dropout()),
                targets.isEmpty() ? defaults.targets() : targets,
                defaults.initialisation(),
                base.toAbsolutePath().normalize().toString()));
    }

    boolean isMerged() {
        return merge;
    }
}
