package dev.steelyard.torch;

import java.util.Arrays;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Element types that libtorch computes with. */
public enum DType {
    FLOAT64(ScalarType.Double, 8),
    FLOAT32(ScalarType.Float, 4),
    FLOAT16(ScalarType.Half, 2),
    BFLOAT16(ScalarType.BFloat16, 2),
    INT64(ScalarType.Long, 8),
    INT32(ScalarType.Int, 4),
    INT16(ScalarType.Short, 2),
    INT8(ScalarType.Char, 1),
    UINT8(ScalarType.Byte, 1),
    BOOL(ScalarType.Bool, 1);

    final ScalarType scalarType;
    private final int bytes;

    DType(ScalarType scalarType, int bytes) {
        this.scalarType = scalarType;
        this.bytes = bytes;
    }

    /** Bytes an element. */
    public int bytes() {
        return bytes;
    }

    /** Whether gradients can flow through it. */
    public boolean isFloating() {
        return ordinal() <= BFLOAT16.ordinal();
    }

    static DType of(ScalarType type) {
        ScalarType canonical = type.intern();
        return Arrays.stream(values())
                .filter(dtype -> dtype.scalarType == canonical)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("tensors of type " + canonical + " are not supported"));
    }
}
