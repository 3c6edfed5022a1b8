package dev.steelyard.optim.lionk;

import static dev.steelyard.optim.kernel.BlockPass.BLOCK;
import static dev.steelyard.optim.kernel.BlockPass.DIRECTION;
import static dev.steelyard.optim.kernel.BlockPass.FACTORS;
import static dev.steelyard.optim.kernel.BlockPass.TERMS;

import dev.steelyard.optim.kernel.BlockPass;
import dev.steelyard.optim.kernel.LaneSum;
import dev.steelyard.optim.kernel.OnePass;
import dev.steelyard.optim.kernel.Sign;
import dev.steelyard.torch.Tensor;
import java.util.Arrays;

/**
 * Lion-K's step over float32 memory: one pass for sums over elements, one more to gather norms. Slot 0 holds the
 * parameter, 1 the gradient, 2 the momentum, which may be bfloat16.
 *
 * @param beta1 weight of the momentum in the look-ahead
 * @param beta2 weight of the momentum in its own average
 * @param rate factor of the subgradient
 * @param shrink factor of the parameter before the step
 */
record LionKPasses(double beta1, double beta2, double rate, double shrink) {

    /** Sums of squares below this, for each element, may have lost terms to underflow. */
    private static final double SMALLEST_MEAN = 1e-30;

    /** Puts the subgradient, times the weight of {@link Scaled}, in the place of the look-ahead. */
    @FunctionalInterface
    private interface Directions {
        void block(float[] block, long start, int length);
    }

    /** The passes for options at a learning rate. */
    static LionKPasses of(LionKOptions options, double rate) {
        double decay = rate * options.weightDecay();
        return options.form() == DecayForm.EXPLICIT
                ? new LionKPasses(options.beta1(), options.beta2(), rate, 1 - decay)
                : new LionKPasses(options.beta1(), options.beta2(), rate / (1 + decay), 1 / (1 + decay));
    }

    /**
     * Makes the step.
     *
     * @return whether it was made; if not, nothing has changed, and the function or the tensors need tensor operations
     */
    boolean step(ConvexFunction function, Tensor parameter, Tensor gradient, Tensor momentum) {
        return OnePass.fits(parameter)
                && OnePass.fits(gradient)
                && BlockPass.fits(momentum)
                && parameter.count() > 0
                && step(function, 1, parameter, gradient, momentum);
    }

    private boolean step(ConvexFunction function, double weight, Tensor parameter, Tensor gradient, Tensor momentum) {
        return switch (function) {
            case SeparableFunction separable ->
                move(
                        weight,
                        (block, start, length) -> separable.subgradient(block, length),
                        parameter,
                        gradient,
                        momentum);
            case RowNormFunction norm -> byNorm(norm, weight, parameter, gradient, momentum);
            case LInfinity maximum -> byLargest(weight, parameter, gradient, momentum);
            case Scaled scaled -> step(scaled.function(), weight * scaled.weight(), parameter, gradient, momentum);
            case TopK topK -> false;
            case LogSumExp logSumExp -> false;
            case Nuclear nuclear -> false;
            case WeightedSum sum -> false;
        };
    }

    private boolean move(double weight, Directions directions, Tensor parameter, Tensor gradient, Tensor momentum) {
        move(weight, directions, new BlockPass(parameter, gradient, momentum).writing(0, 2), parameter.count());
        return true;
    }

    private void move(double weight, Directions directions, BlockPass pass, long rowLength) {
        float keep = (float) beta2;
        float take = (float) (1 - beta2);
        float left = (float) shrink;
        float scale = (float) (rate * weight);
        pass.runByRows(rowLength, (block, start, length) -> {
            lookAhead(block, length);
            directions.block(block, start, length);
            for (int i = 0; i < length; i++) {
                block[i] = left * block[i] + scale * block[DIRECTION + i];
            }
            for (int i = 0; i < length; i++) {
                block[2 * BLOCK + i] = keep * block[2 * BLOCK + i] - take * block[BLOCK + i];
            }
        });
    }

    private void lookAhead(float[] block, int length) {
        float keep = (float) beta1;
        float take = (float) (1 - beta1);
        for (int i = 0; i < length; i++) {
            block[DIRECTION + i] = keep * block[2 * BLOCK + i] - take * block[BLOCK + i];
        }
    }

    private boolean byNorm(
            RowNormFunction function, double weight, Tensor parameter, Tensor gradient, Tensor momentum) {
        if (!function.hasBlocks()) {
            return false;
        }
        long rowLength = function.rowLength(parameter);
        double[] sums = new double[Math.toIntExact(parameter.count() / rowLength)];
        boolean shares = BlockPass.sharesBlocks(rowLength);
        new BlockPass(null, gradient, momentum).runByRows(rowLength, (block, start, length) -> {
            lookAhead(block, length);
            function.terms(block, length);
            if (!shares) {
                sums[(int) (start / rowLength)] += LaneSum.ofTerms(block, length);
                return;
            }
            int row = (int) (start / rowLength);
            for (int from = 0; from < length; from += (int) rowLength, row++) {
                for (int i = from; i < from + rowLength; i++) {
                    sums[row] += block[TERMS + i];
                }
            }
        });
        if (sums.length == 1 && !(sums[0] > SMALLEST_MEAN * rowLength && sums[0] < Float.MAX_VALUE)) {
            return false;
        }
        BlockPass pass = new BlockPass(parameter, gradient, momentum).writing(0, 2);
        move(
                weight,
                (block, start, length) -> {
                    for (int from = 0; from < length; from += (int) Math.min(rowLength, BLOCK)) {
                        double norm = function.norm(sums[(int) ((start + from) / rowLength)]);
                        int to = (int) Math.min(length, from + rowLength);
                        Arrays.fill(block, FACTORS + from, FACTORS + to, norm == 0 ? 1f : (float) norm);
                    }
                    function.subgradient(block, length);
                },
                pass,
                rowLength);
        return true;
    }

    /** The first of the largest elements is the only one that moves by the subgradient. */
    private boolean byLargest(double weight, Tensor parameter, Tensor gradient, Tensor momentum) {
        Largest largest = new Largest();
        new BlockPass(null, gradient, momentum).run((block, start, length) -> {
            lookAhead(block, length);
            largest.see(block, start, length);
        });
        return move(
                weight,
                (block, start, length) -> {
                    long place = largest.place - start;
                    float sign = place >= 0 && place < length ? Sign.of(block[DIRECTION + (int) place]) : 0;
                    Arrays.fill(block, DIRECTION, DIRECTION + length, 0f);
                    if (sign != 0) {
                        block[DIRECTION + (int) place] = sign;
                    }
                },
                parameter,
                gradient,
                momentum);
    }

    /** Where the first of the largest magnitudes is. */
    private static final class Largest {
        private float magnitude = -1;
        private long place;

        void see(float[] block, long start, int length) {
            for (int i = 0; i < length; i++) {
                float candidate = Math.abs(block[DIRECTION + i]);
                if (candidate > magnitude) {
                    magnitude = candidate;
                    place = start + i;
                }
            }
        }
    }
}
