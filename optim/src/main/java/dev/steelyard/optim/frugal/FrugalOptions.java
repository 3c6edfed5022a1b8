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
 * @param resetStatistics whether the state starts anew with each choice; default true. If not, coordinates and blocks
 *     that stay keep theirs and those that come begin with zeros; low-rank subspaces keep all of it, as GaLore does
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
     * The density at which as many entries have state as LoRA trains: {@code rank * sum(out + in) / sum(out * in)}, at
     * most 1.
     *
     * @param rank LoRA's, at least 1
     * @param adapted the matrices (out, in) that LoRA would adapt
     * @param projectable the matrices that FRUGAL projects
     * @throws IllegalArgumentException if the rank is below 1, a tensor is no matrix, or none is projectable
     */
    public static double densityOfRank(int rank, Collection<Tensor> adapted, Collection<Tensor> projectable) {
        if (rank < 1) {
            throw new IllegalArgumentException("rank must be at least 1, was " + rank);
        }
        double trained = rank
                * adapted.stream()
                        .mapToDouble(matrix -> sides(matrix)[0] + sides(matrix)[1])
                        .sum();
        double all = projectable.stream()
                .mapToDouble(matrix -> sides(matrix)[0] * (double) sides(matrix)[1])
                .sum();
        if (all == 0) {
            throw new IllegalArgumentException("projectable must hold at least one matrix that is not empty");
        }
        return Math.min(1, trained / all);
    }

    private static long[] sides(Tensor matrix) {
        if (matrix.dimensions() != 2) {
            throw new IllegalArgumentException("a rank needs matrices (out, in), there is " + matrix);
        }
        return matrix.shape();
    }

    /** The same for tensors that have state as a whole. */
    public FrugalOptions regular() {
        return withProjectable(false);
    }
}
