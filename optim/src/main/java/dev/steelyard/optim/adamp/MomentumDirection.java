package dev.steelyard.optim.adamp;

import dev.steelyard.optim.kernel.Kernel;
import dev.steelyard.optim.kernel.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * SGDP's update: the buffer {@code v = momentum v + (1 - dampening) g}, or {@code g + momentum v} with Nesterov. Without
 * momentum there is no buffer and v is {@code (1 - dampening) g}.
 */
record MomentumDirection(double momentum, double dampening, boolean nesterov, boolean projectBuffer)
        implements Direction {

    @Override
    public Kernel advance(RowProducts products) {
        return new AdvanceLoop(this, products);
    }

    @Override
    public Kernel move(Move move) {
        return new MoveLoop(this, move);
    }

    @Override
    public boolean readsGradientAgain() {
        return nesterov || momentum == 0;
    }

    @Override
    public boolean replacesBuffer() {
        return projectBuffer && !nesterov && momentum != 0;
    }

    /** Weight of the buffer in the update. */
    private float ofBuffer() {
        return momentum == 0 ? 0 : nesterov ? (float) momentum : 1;
    }

    /** Weight of the gradient in the update. */
    private float ofGradient() {
        return nesterov ? 1 : momentum == 0 ? (float) (1 - dampening) : 0;
    }

    /** Without a buffer the gradient is read in its place, with a weight of zero. */
    private record AdvanceLoop(MomentumDirection direction, RowProducts products) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment weights = streams[0];
            MemorySegment gradients = streams[1];
            MemorySegment buffers = gradients;
            if (direction.momentum != 0) {
                buffers = streams[2];
                float keep = (float) direction.momentum;
                float take = (float) (1 - direction.dampening);
                for (long at = from; at < to; at += Lanes.STEP) {
                    FloatVector kept = Lanes.load(buffers, at).mul(keep);
                    Lanes.store(kept.add(Lanes.load(gradients, at).mul(take)), buffers, at);
                }
            }
            float ofBuffer = direction.ofBuffer();
            float ofGradient = direction.ofGradient();
            FloatVector gradientWeight = Lanes.zeros();
            FloatVector gradient = Lanes.zeros();
            FloatVector weight = Lanes.zeros();
            FloatVector weightUpdate = Lanes.zeros();
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector w = Lanes.load(weights, at);
                FloatVector g = Lanes.load(gradients, at);
                FloatVector d = Lanes.load(buffers, at).mul(ofBuffer).add(g.mul(ofGradient));
                gradientWeight = gradientWeight.add(g.mul(w));
                gradient = gradient.add(g.mul(g));
                weight = weight.add(w.mul(w));
                weightUpdate = weightUpdate.add(w.mul(d));
            }
            products.add(
                    row, Lanes.sum(gradientWeight), Lanes.sum(gradient), Lanes.sum(weight), Lanes.sum(weightUpdate));
        }
    }

    private record MoveLoop(MomentumDirection direction, Move move) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment weights = streams[0];
            boolean buffered = direction.momentum != 0;
            MemorySegment buffers = streams[buffered ? 2 : 1];
            MemorySegment gradients = streams[1] != null ? streams[1] : buffers;
            float ofBuffer = direction.ofBuffer();
            float ofGradient = direction.ofGradient();
            float rate = (float) move.rate();
            float left = (float) move.shrink();
            float along = (float) move.along().ofRow(row);
            boolean replaces = direction.replacesBuffer() && along != 0;
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector w = Lanes.load(weights, at);
                FloatVector d = Lanes.load(buffers, at)
                        .mul(ofBuffer)
                        .add(Lanes.load(gradients, at).mul(ofGradient))
                        .sub(w.mul(along));
                if (replaces) {
                    Lanes.store(d, buffers, at);
                }
                Lanes.store(w.mul(left).sub(d.mul(rate)), weights, at);
            }
        }
    }
}
