package dev.steelyard.optim.lionk;

import dev.steelyard.optim.kernel.OnePass;
import dev.steelyard.optim.kernel.Pass;
import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

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
        return OnePass.fits(parameter, gradient)
                && Pass.fits(momentum)
                && parameter.count() > 0
                && step(function, 1, parameter, gradient, momentum);
    }

    private boolean step(ConvexFunction function, double weight, Tensor parameter, Tensor gradient, Tensor momentum) {
        return switch (function) {
            case SeparableFunction separable -> {
                if (!separable.hasLoop()) {
                    yield false;
                }
                whole(parameter, gradient, momentum).run(separable.loop(new StepLanes(this, weight)));
                yield true;
            }
            case RowNormFunction norm -> byNorm(norm, weight, parameter, gradient, momentum);
            case LInfinity maximum -> byLargest(weight, parameter, gradient, momentum);
            case Scaled scaled -> step(scaled.function(), weight * scaled.weight(), parameter, gradient, momentum);
            case TopK topK -> false;
            case LogSumExp logSumExp -> false;
            case Nuclear nuclear -> false;
            case WeightedSum sum -> false;
        };
    }

    private static Pass whole(Tensor parameter, Tensor gradient, Tensor momentum) {
        return new Pass(parameter, gradient, momentum).writing(0, 2);
    }

    private boolean byNorm(
            RowNormFunction function, double weight, Tensor parameter, Tensor gradient, Tensor momentum) {
        long rowLength = function.rowLength(parameter);
        if (!function.hasLoops() || !Pass.fitsRows(rowLength)) {
            return false;
        }
        StepLanes step = new StepLanes(this, weight);
        RowSums sums = new RowSums(Math.toIntExact(parameter.count() / rowLength), rowLength);
        new Pass(null, gradient, momentum).inPieces().runByRows(rowLength, function.sums(step, sums));
        if (!sums.areSound()) {
            return false;
        }
        whole(parameter, gradient, momentum).runByRows(rowLength, function.loop(step, sums.norms(function)));
        return true;
    }

    /** The first of the largest elements is the only one that moves by the subgradient. */
    private boolean byLargest(double weight, Tensor parameter, Tensor gradient, Tensor momentum) {
        LargestLoop largest = new LargestLoop(new StepLanes(this, weight));
        // One row, so that one thread sees all pieces in their order.
        new Pass(null, gradient, momentum).inPieces().runByRows(parameter.count(), largest);
        whole(parameter, gradient, momentum).run(new HalfSquare().loop(new StepLanes(this, 0)));
        MemorySegment memory = parameter.data();
        float moved = memory.get(ValueLayout.JAVA_FLOAT, largest.place()) + (float) (rate * weight) * largest.sign();
        memory.set(ValueLayout.JAVA_FLOAT, largest.place(), moved);
        return true;
    }
}
