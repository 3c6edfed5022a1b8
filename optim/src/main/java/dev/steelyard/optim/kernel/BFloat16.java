package dev.steelyard.optim.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** bfloat16: the upper half of a float. */
public final class BFloat16 {

    private static final int QUIET_NAN = 0x7fc0;

    /** Just under half of the last bit that is kept. */
    private static final int NEARLY_HALF = 0x7fff;

    private BFloat16() {}

    /** The nearest bfloat16; of two equally near ones that with an even last bit, as libtorch and hardware round. */
    public static short of(float x) {
        int bits = Float.floatToRawIntBits(x);
        // Adding just under half of the last bit kept, or exactly half where that bit is odd, carries where it must;
        // the largest floats carry to infinity. A NaN could carry to zero.
        int rounded = (bits + NEARLY_HALF + ((bits >>> 16) & 1)) >>> 16;
        return (short) (Float.isNaN(x) ? QUIET_NAN : rounded);
    }

    /** The float of the same value. */
    public static float toFloat(short half) {
        return Float.intBitsToFloat(half << 16);
    }

    /** Writes some halves, from an element on, as floats. */
    static void widen(MemorySegment halves, long start, MemorySegment floats, int length) {
        Loop.widen(halves, start * Short.BYTES, floats, length);
    }

    /** Writes the first floats as halves, from an element on. */
    static void round(MemorySegment floats, MemorySegment halves, long start, int length) {
        Loop.round(floats, halves, start * Short.BYTES, length);
    }

    /** Conversions of a vector at a time. */
    private static final class Loop {
        private static final VectorSpecies<Integer> INTS = Lanes.SPECIES.withLanes(int.class);
        private static final VectorSpecies<Short> SHORTS =
                VectorSpecies.of(short.class, VectorShape.forBitSize(Lanes.SPECIES.vectorBitSize() / 2));
        private static final int MAGNITUDE = 0x7fffffff;
        private static final int INFINITY = 0x7f800000;
        private static final ByteOrder ORDER = ByteOrder.nativeOrder();
        private static final int LENGTH = SHORTS.length();

        static void widen(MemorySegment halves, long from, MemorySegment floats, int length) {
            int i = 0;
            for (; i + LENGTH <= length; i += LENGTH) {
                ShortVector half = ShortVector.fromMemorySegment(SHORTS, halves, from + 2L * i, ORDER);
                IntVector bits = (IntVector) half.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0);
                Lanes.store(bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), floats, 4L * i);
            }
            for (; i < length; i++) {
                short half = halves.get(ValueLayout.JAVA_SHORT, from + 2L * i);
                floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, toFloat(half));
            }
        }

        static void round(MemorySegment floats, MemorySegment halves, long to, int length) {
            int i = 0;
            for (; i + LENGTH <= length; i += LENGTH) {
                IntVector bits = Lanes.load(floats, 4L * i).reinterpretAsInts();
                VectorMask<Integer> nan = bits.and(MAGNITUDE).compare(VectorOperators.GT, INFINITY);
                IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
                IntVector rounded = bits.add(NEARLY_HALF).add(odd).lanewise(VectorOperators.LSHR, 16);
                ShortVector half =
                        (ShortVector) rounded.blend(QUIET_NAN, nan).convertShape(VectorOperators.I2S, SHORTS, 0);
                half.intoMemorySegment(halves, to + 2L * i, ORDER);
            }
            for (; i < length; i++) {
                float x = floats.getAtIndex(ValueLayout.JAVA_FLOAT, i);
                halves.set(ValueLayout.JAVA_SHORT, to + 2L * i, of(x));
            }
        }
    }
}
