package dev.steelyard.optim.lionk;

import dev.steelyard.optim.kernel.Kernel;
import dev.steelyard.optim.kernel.Lanes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Finds the first of the largest magnitudes of the look-ahead, over pieces that are seen in order. */
final class LargestLoop implements Kernel {

    private final StepLanes step;
    private final float[] lanes = new float[Lanes.SPECIES.length()];
    private float magnitude = -1;
    private float sign;
    private long place;
    private long seen;

    LargestLoop(StepLanes step) {
        this.step = step;
    }

    /** Byte of the element within the tensor. */
    long place() {
        return place;
    }

    /** Sign of the element; 0 if all are. */
    float sign() {
        return sign;
    }

    @Override
    public void run(MemorySegment[] streams, long from, long to, int row) {
        MemorySegment gradients = streams[1];
        MemorySegment momenta = streams[2];
        FloatVector most = Lanes.zeros().sub(1f);
        for (long at = from; at < to; at += Lanes.STEP) {
            FloatVector candidate = step.lookAhead(Lanes.load(momenta, at), Lanes.load(gradients, at))
                    .abs();
            most = most.blend(candidate, candidate.compare(VectorOperators.GT, most));
        }
        most.intoArray(lanes, 0);
        float largest = -1;
        for (float lane : lanes) {
            largest = Math.max(largest, lane);
        }
        if (largest > magnitude) {
            magnitude = largest;
            long at = from;
            while (Math.abs(lookAhead(streams, at)) != largest) {
                at += Float.BYTES;
            }
            place = seen + at - from;
            // Adding zero turns signum's -0.0 into +0.0.
            sign = Math.signum(lookAhead(streams, at)) + 0f;
        }
        seen += to - from;
    }

    private float lookAhead(MemorySegment[] streams, long at) {
        return step.lookAhead(streams[2].get(ValueLayout.JAVA_FLOAT, at), streams[1].get(ValueLayout.JAVA_FLOAT, at));
    }
}
