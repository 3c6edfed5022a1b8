package dev.steelyard.optim.adamp;

import dev.steelyard.optim.kernel.Kernel;
import dev.steelyard.optim.kernel.Lanes;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * AdamP's update {@code n / (sqrt(s) rootScale + eps)} with the numerator {@code n = m}, or {@code beta1 m + (1 - beta1)
 * g} with Nesterov.
 *
 * @param rootScale {@code 1 / sqrt(1 - beta2^k)} at step k
 */
record AdamDirection(double beta1, double beta2, double eps, double rootScale, boolean nesterov) implements Direction {

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
        return nesterov;
    }

    /** Weight of the first moment in the numerator. */
    private float ofMoment() {
        return nesterov ? (float) beta1 : 1;
    }

    /** Weight of the gradient in the numerator. */
    private float ofGradient() {
        return nesterov ? (float) (1 - beta1) : 0;
    }

    private record AdvanceLoop(AdamDirection direction, RowProducts products) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            MemorySegment weights = streams[0];
            MemorySegment gradients = streams[1];
            MemorySegment first = streams[2];
            MemorySegment second = streams[3];
            float keep1 = (float) direction.beta1;
            float take1 = (float) (1 - direction.beta1);
            float keep2 = (float) direction.beta2;
            float take2 = (float) (1 - direction.beta2);
            float small = (float) direction.eps;
            float scale = (float) direction.rootScale;
            float ofMoment = direction.ofMoment();
            float ofGradient = direction.ofGradient();
            FloatVector gradientWeight = Lanes.zeros();
            FloatVector gradient = Lanes.zeros();
            FloatVector weight = Lanes.zeros();
            FloatVector weightUpdate = Lanes.zeros();
            // The second loop reads what the first has left in the cache.
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector w = Lanes.load(weights, at);
                FloatVector g = Lanes.load(gradients, at);
                Lanes.store(Lanes.load(first, at).mul(keep1).add(g.mul(take1)), first, at);
                Lanes.store(Lanes.load(second, at).mul(keep2).add(g.mul(g).mul(take2)), second, at);
                gradientWeight = gradientWeight.add(g.mul(w));
                gradient = gradient.add(g.mul(g));
                weight = weight.add(w.mul(w));
            }
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector d = Lanes.load(first, at)
                        .mul(ofMoment)
                        .add(Lanes.load(gradients, at).mul(ofGradient))
                        .div(Lanes.load(second, at).sqrt().mul(scale).add(small));
                weightUpdate = weightUpdate.add(Lanes.load(weights, at).mul(d));
            }
            products.add(
                    row, Lanes.sum(gradientWeight), Lanes.sum(gradient), Lanes.sum(weight), Lanes.sum(weightUpdate));
        }
    }

    /** One loop a method, since C2 boxes the vectors of a loop whose streams are now this memory, now that. */
    private record MoveLoop(AdamDirection direction, Move move) implements Kernel {
        @Override
        public void run(MemorySegment[] streams, long from, long to, int row) {
            float along = (float) move.along().ofRow(row);
            if (direction.nesterov) {
                byBoth(streams, from, to, along);
            } else {
                byMoment(streams, from, to, along);
            }
        }

        private void byMoment(MemorySegment[] streams, long from, long to, float along) {
            MemorySegment weights = streams[0];
            MemorySegment first = streams[2];
            MemorySegment second = streams[3];
            float small = (float) direction.eps;
            float scale = (float) direction.rootScale;
            float rate = (float) move.rate();
            float left = (float) move.shrink();
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector w = Lanes.load(weights, at);
                FloatVector d = Lanes.load(first, at)
                        .div(Lanes.load(second, at).sqrt().mul(scale).add(small));
                Lanes.store(w.mul(left).sub(d.sub(w.mul(along)).mul(rate)), weights, at);
            }
        }

        private void byBoth(MemorySegment[] streams, long from, long to, float along) {
            MemorySegment weights = streams[0];
            MemorySegment gradients = streams[1];
            MemorySegment first = streams[2];
            MemorySegment second = streams[3];
            float small = (float) direction.eps;
            float scale = (float) direction.rootScale;
            float ofMoment = direction.ofMoment();
            float ofGradient = direction.ofGradient();
            float rate = (float) move.rate();
            float left = (float) move.shrink();
            for (long at = from; at < to; at += Lanes.STEP) {
                FloatVector w = Lanes.load(weights, at);
                FloatVector d = Lanes.load(first, at)
                        .mul(ofMoment)
                        .add(Lanes.load(gradients, at).mul(ofGradient))
                        .div(Lanes.load(second, at).sqrt().mul(scale).add(small));
                Lanes.store(w.mul(left).sub(d.sub(w.mul(along)).mul(rate)), weights, at);
            }
        }
    }
}
