package dev.steelyard.torch.safetensors;

import dev.steelyard.torch.DType;
import java.util.Optional;

/** Element types of the format, in the order by which the reference writer sorts them (the last is written first). */
public enum SafetensorsType {
    BOOL(8, DType.BOOL),
    F4(4, null),
    F6_E2M3(6, null),
    F6_E3M2(6, null),
    U8(8, DType.UINT8),
    I8(8, DType.INT8),
    F8_E5M2(8, null),
    F8_E4M3(8, null),
    F8_E8M0(8, null),
    F8_E4M3FNUZ(8, null),
    F8_E5M2FNUZ(8, null),
    I16(16, DType.INT16),
    U16(16, null),
    F16(16, DType.FLOAT16),
    BF16(16, DType.BFLOAT16),
    I32(32, DType.INT32),
    U32(32, null),
    F32(32, DType.FLOAT32),
    C64(64, null),
    F64(64, DType.FLOAT64),
    I64(64, DType.INT64),
    U64(64, null);

    private final int bits;
    private final DType dtype;

    SafetensorsType(int bits, DType dtype) {
        this.bits = bits;
        this.dtype = dtype;
    }

    /** Bits an element. */
    public int bits() {
        return bits;
    }

    /** The type that tensors of it have here; empty for types that are carried as bytes only. */
    public Optional<DType> dtype() {
        return Optional.ofNullable(dtype);
    }

    /** The format's type for a tensor's. */
    public static SafetensorsType of(DType dtype) {
        for (SafetensorsType type : values()) {
            if (type.dtype == dtype) {
                return type;
            }
        }
        throw new IllegalArgumentException("safetensors has no type for " + dtype);
    }
}
