package dev.steelyard.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the loops over vectors have in common. Only classes named {@code Loop} use this one, so that nothing else is
 * linked to a module that may be absent; see {@link Pass#available}.
 */
public final class Lanes {

    /** As many floats as the processor's registers hold. */
    public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    /** Bytes of a vector. */
    public static final int STEP = SPECIES.vectorByteSize();

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private Lanes() {}

    /** The vector that begins at a byte. */
    public static FloatVector load(MemorySegment stream, long at) {
        return FloatVector.fromMemorySegment(SPECIES, stream, at, ORDER);
    }

    /** Writes a vector from a byte on. */
    public static void store(FloatVector vector, MemorySegment stream, long at) {
        vector.intoMemorySegment(stream, at, ORDER);
    }

    /** Zeros, to begin a sum with. */
    public static FloatVector zeros() {
        return FloatVector.zero(SPECIES);
    }

    /**
     * -1, 0 or 1, exact for every float down to the smallest subnormal one and for infinities; {@code +0.0} for both
     * zeros; NaN for NaN, so that it shows in the parameter (libtorch's sign hides it as 0).
     */
    public static FloatVector sign(FloatVector x) {
        FloatVector positive = zeros().blend(1f, x.compare(VectorOperators.GT, 0f));
        FloatVector signs = positive.blend(-1f, x.compare(VectorOperators.LT, 0f));
        return signs.blend(x, x.test(VectorOperators.IS_NAN));
    }

    /**
     * Sum over the lanes, in double. The lanes go through an array, since a call that C2 cannot bind at this place, as
     * {@link FloatVector#reduceLanes}, would keep a loop's sums in memory.
     */
    public static double sum(FloatVector vector) {
        float[] lanes = new float[SPECIES.length()];
        vector.intoArray(lanes, 0);
        double sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        return sum;
    }
}
