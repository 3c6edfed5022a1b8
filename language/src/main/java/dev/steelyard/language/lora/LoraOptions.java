package dev.steelyard.language.lora;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Objects;

/**
 * The shape of an adapter, as in peft's {@code adapter_config.json}.
 *
 * @param rank {@code r}: columns of B and rows of A, at least 1
 * @param alpha {@code lora_alpha}: the adapter's output is multiplied by {@code alpha / rank}; above 0
 * @param dropout {@code lora_dropout}: share of the adapter's inputs that training drops, at least 0 and below 1
 * @param targets {@code target_modules}: ends of the names of the linear layers that are adapted, such as
 *     {@code q_proj}; at least one
 * @param initialisation of A; B is zero at first, so that the adapted model is the base
 * @param base {@code base_model_name_or_path}: where the base is from; may be empty
 */
@RecordBuilder
public record LoraOptions(
        int rank, double alpha, double dropout, List<String> targets, Initialisation initialisation, String base)
        implements LoraOptionsBuilder.With {

    /** All linear layers inside the blocks of the Llama family. */
    public static final List<String> ALL_LINEAR =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    /** What A holds at first. */
    public enum Initialisation {
        /** Uniform within {@code 1 / sqrt(in)} on both sides: He's for {@code a = sqrt(5)}, peft's default. */
        KAIMING,
        /** Normal with deviation {@code 1 / rank}: the paper's, with peft's deviation. */
        GAUSSIAN
    }

    public LoraOptions {
        if (rank < 1) {
            throw new IllegalArgumentException("rank must be at least 1, was " + rank);
        }
        if (!(alpha > 0) || Double.isInfinite(alpha)) {
            throw new IllegalArgumentException("alpha must be finite and above 0, was " + alpha);
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout must be at least 0 and below 1, was " + dropout);
        }
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException(
                    "targets must name at least one linear layer, such as q_proj, but is empty");
        }
        Objects.requireNonNull(initialisation, "initialisation");
        Objects.requireNonNull(base, "base");
    }

    /**
     * Rank 8, alpha 8, no dropout, as peft; on the attention's query and value, as Hu et al. chose for GPT-3 (section
     * 7.1) and peft for Llama.
     */
    public static LoraOptions defaults() {
        return new LoraOptions(8, 8, 0, List.of("q_proj", "v_proj"), Initialisation.KAIMING, "");
    }

    /** By what {@code B A} is multiplied. */
    public double scale() {
        return alpha / rank;
    }
}
