package dev.steelyard.optim.kernel;

import java.lang.foreign.MemorySegment;

/** A loop of vector instructions over some streams of floats, which {@link Pass} feeds. */
@FunctionalInterface
public interface Kernel {

    /**
     * Works on a stretch of whole vectors, the same in all streams.
     *
     * @param streams native memory by slot; {@code null} where the pass has none. At the end of a stretch that is no
     *     multiple of a vector this is a copy, filled up with zeros, of which the first elements are copied back
     * @param from byte where the stretch begins
     * @param to byte after its last vector; {@code to - from} is a multiple of {@link Lanes#STEP}
     * @param row number of the row that the stretch lies in; 0 if the pass does not go by rows
     */
    void run(MemorySegment[] streams, long from, long to, int row);
}
