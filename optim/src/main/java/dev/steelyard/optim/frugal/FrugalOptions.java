package dev.steelyard.optim.frugal;

import static dev.steelyard.optim.OptionRange.requireAtLeast;
import static dev.steelyard.optim.OptionRange.requireWithin;

import dev.steelyard.optim.frugal.Subspace.Basis;
import dev.steelyard.optim.frugal.Subspace.Order;
import dev.steelyard.optim.frugal.Subspace.Side;
import dev.steelyard.torch.Tensor;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collection;
import java.util.Objects;

/**
 * Options of {@link Frugal}. Defaults are those of the official code.
 *
 * @param projectable whether the group's tensors are split into a part with and one without state (the linear layers
 *     inside transformer blocks); else all of them have state (embeddings, norms, the head)
 * @param learningRate default 1e-3
 * @param weightDecay decoupled, times the learning rate; default 0.01 (0 in the paper's pre-training)
 * @param subspace default {@link Subspace.Blocks} in random order
 * @param density share of the projectable part that has state, 0 to 1; default 0.25
 * @param updateGap steps between two choices of the subspace, at least 1; default 200
 * @param stateFull rule of the part with state; default AdamW
 * @param stateFree rule of the rest; default {@link StateFree#SIGN}
 * @param stateFullScale factor of the learning rate of projectable tensors, both parts; default 1 (0.25 in GaLore)
 * @param stateFreeScale further factor of the part without state; default 1 (0.1 in the paper's fine-tuning)
 * @param resetStatistics whether the state starts anew with each choice; default true
 * @param seed of the random choices
 */
@RecordBuilder
public record FrugalOptions(
        boolean projectable,
        double learningRate,
        double weightDecay,
        Subspace subspace,
        double density,
        int updateGap,
        StateFull stateFull,
        StateFree stateFree,
        double stateFullScale,
        double stateFreeScale,
        boolean resetStatistics,
        long seed)
        implements FrugalOptionsBuilder.With {

    public FrugalOptions {
        requireAtLeast("learningRate", learningRate, 0);
        requireAtLeast("weightDecay", weightDecay, 0);
        Objects.requireNonNull(subspace, "subspace");
        requireWithin("density", density, 0, 1);
        if (updateGap < 1) {
            throw new IllegalArgumentException("updateGap must be at least 1, was " + updateGap);
        }
        Objects.requireNonNull(stateFull, "stateFull");
        Objects.requireNonNull(stateFree, "stateFree");
        requireAtLeast("stateFullScale", stateFullScale, 0);
        requireAtLeast("stateFreeScale", stateFreeScale, 0);
    }

    /** FRUGAL with random blocks, a quarter of the linear weights with state. */
    public static FrugalOptions defaults() {
        return new FrugalOptions(
                true,
                1e-3,
                0.01,
                new Subspace.Blocks(Order.RANDOM),
                0.25,
                200,
                StateFull.adamW(),
                StateFree.SIGN,
                1,
                1,
                true,
                0);
    }

    /** GaLore (Zhao et al. 2024): leading singular directions only, statistics kept, movements scaled by 0.25. */
    public static FrugalOptions galore() {
        return defaults()
                .withSubspace(new Subspace.LowRank(Side.STANDARD, Basis.SINGULAR_VECTORS))
                .withStateFree(StateFree.NONE)
                .withResetStatistics(false)
                .withStateFullScale(0.25)
                .withLearningRate(0.01)
                .withWeightDecay(0);
    }

    /** BAdam (Luo et al. 2024): one window of tensors at a time from the last to the first, the others frozen. */
    public static FrugalOptions badam() {
        return defaults()
                .withSubspace(new Subspace.Blocks(Order.DESCENDING))
                .withStateFree(StateFree.NONE)
                .withWeightDecay(0);
    }

    /**
     * The density at which as many entries have state as adapters of low rank (LoRA) on the same matrices have:
     * {@code rank sum(out + in) / sum(out in)}, at most 1.
     *
     * @param rank of the adapters, at least 0
     * @param adapted matrices (out, in) that would have adapters
     * @param projectable matrices (out, in) of which the density is a share
     */
    public static double densityOfRank(int rank, Collection<Tensor> adapted, Collection<Tensor> projectable) {
        if (rank < 0) {
            throw new IllegalArgumentException("rank must be at least 0, was " + rank);
        }
        long sides = adapted.stream()
                .mapToLong(matrix -> matrix.size(0) + matrix.size(1))
                .sum();
        long entries = projectable.stream().mapToLong(Tensor::count).sum();
        if (entries == 0) {
            throw new IllegalArgumentException("projectable must hold at least one entry");
        }
        return Math.min(1, (double) rank * sides / entries);
    }

    /** The same for tensors that have state as a whole. */
    public FrugalOptions regular() {
        return withProjectable(false);
    }
}
