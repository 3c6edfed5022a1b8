package dev.steelyard.torch.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.safetensors.SafetensorsException.Reason;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTypeTest {

    @TempDir
    Path folder;

    private static TensorSource bytes(String name, SafetensorsType type, byte[] bytes, Long... shape) {
        return new TensorSource(name, type, List.of(shape), () -> MemorySegment.ofArray(bytes));
    }

    private Path write(TensorSource... sources) throws IOException {
        Path file = folder.resolve("t.safetensors");
        SafetensorsWriter.write(file, List.of(sources), Map.of());
        return file;
    }

    @ParameterizedTest
    @EnumSource(SafetensorsType.class)
    void everyTypeIsCarriedByteForByte(SafetensorsType type) throws IOException {
        byte[] content = new byte[8 * type.bits() / Byte.SIZE];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (37 * i + 200);
        }
        Path file = write(bytes("x", type, content, 2L, 4L), bytes("empty", type, new byte[0], 0L));
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.entry("x").type()).isEqualTo(type);
            assertThat(read.segment("x").toArray(ValueLayout.JAVA_BYTE)).isEqualTo(content);
            assertThat(read.segment("empty").byteSize()).isZero();
            Path copy = folder.resolve("copy.safetensors");
            SafetensorsWriter.write(
                    copy, List.of(TensorSource.of(read, "empty"), TensorSource.of(read, "x")), Map.of());
            assertThat(copy).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void wideTypesAreWrittenFirstAndNamesByTheirBytes() throws IOException {
        List<TensorSource> sources = new ArrayList<>();
        for (SafetensorsType type : SafetensorsType.values()) {
            sources.add(bytes(type.name(), type, new byte[type.bits()], 8L));
        }
        sources.add(bytes("\uD83D\uDE00", SafetensorsType.BOOL, new byte[1], 1L));
        sources.add(bytes("\uFFFD", SafetensorsType.BOOL, new byte[1], 1L));
        try (SafetensorsFile read = SafetensorsFile.open(write(sources.toArray(TensorSource[]::new)))) {
            assertThat(read.names())
                    .containsExactly(
                            "U64",
                            "I64",
                            "F64",
                            "C64",
                            "F32",
                            "U32",
                            "I32",
                            "BF16",
                            "F16",
                            "U16",
                            "I16",
                            "F8_E5M2FNUZ",
                            "F8_E4M3FNUZ",
                            "F8_E8M0",
                            "F8_E4M3",
                            "F8_E5M2",
                            "I8",
                            "U8",
                            "F6_E3M2",
                            "F6_E2M3",
                            "F4",
                            "BOOL",
                            "\uFFFD",
                            "\uD83D\uDE00");
        }
    }

    /** Codes and values of the types' definitions: largest, smallest, one, infinities, NaN. */
    @ParameterizedTest
    @CsvSource({
        "F8_E4M3, 0x38, 1",
        "F8_E4M3, 0x7E, 448",
        "F8_E4M3, 0xFE, -448",
        "F8_E4M3, 0x01, 0.001953125",
        "F8_E4M3, 0x08, 0.015625",
        "F8_E4M3, 0x80, -0.0",
        "F8_E4M3, 0x7F, NaN",
        "F8_E4M3, 0xFF, NaN",
        "F8_E5M2, 0x3C, 1",
        "F8_E5M2, 0x7B, 57344",
        "F8_E5M2, 0x01, 0.0000152587890625",
        "F8_E5M2, 0x04, 0.00006103515625",
        "F8_E5M2, 0x7C, Infinity",
        "F8_E5M2, 0xFC, -Infinity",
        "F8_E5M2, 0x7D, NaN",
        "F8_E5M2, 0xFF, NaN",
        "F8_E8M0, 0x7F, 1",
        "F8_E8M0, 0x00, 5.877471754111438e-39",
        "F8_E8M0, 0xFE, 1.7014118346046923e38",
        "F8_E8M0, 0xFF, NaN",
        "F8_E4M3FNUZ, 0x40, 1",
        "F8_E4M3FNUZ, 0x7F, 240",
        "F8_E4M3FNUZ, 0x01, 0.0009765625",
        "F8_E4M3FNUZ, 0xFF, -240",
        "F8_E4M3FNUZ, 0x80, NaN",
        "F8_E5M2FNUZ, 0x40, 1",
        "F8_E5M2FNUZ, 0x7F, 57344",
        "F8_E5M2FNUZ, 0x01, 0.00000762939453125",
        "F8_E5M2FNUZ, 0x80, NaN"
    })
    void theTypesOfEightBitsAreDecoded(SafetensorsType type, String code, float value) throws IOException {
        byte[] content = {0, (byte) (int) Integer.decode(code)};
        try (SafetensorsFile read = SafetensorsFile.open(write(bytes("x", type, content, 2L)))) {
            Tensor tensor = read.float32("x");
            assertThat(tensor.dtype()).isEqualTo(DType.FLOAT32);
            assertThat(Float.floatToIntBits(tensor.toFloats()[1])).isEqualTo(Float.floatToIntBits(value));
        }
    }

    @Test
    void floatingTypesBecomeFloat32AndOthersAreRefused() throws IOException {
        byte[] bfloat16 = {(byte) 0xC0, 0x3F, 0x00, (byte) 0xC0};
        byte[] float16 = {0x00, 0x36};
        Path file = write(
                bytes("b", SafetensorsType.BF16, bfloat16, 2L),
                bytes("h", SafetensorsType.F16, float16),
                TensorSource.of("d", Tensor.of(new double[] {0.1}, 1)),
                bytes("i", SafetensorsType.I8, new byte[1], 1L),
                bytes("f", SafetensorsType.F4, new byte[1], 2L),
                bytes("e", SafetensorsType.F8_E4M3, new byte[0], 0L, 3L));
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.float32("b").toFloats()).containsExactly(1.5f, -2f);
            assertThat(read.float32("h").item()).isEqualTo(0.375);
            assertThat(read.float32("d").toFloats()).containsExactly(0.1f);
            assertThat(read.float32("e").shape()).containsExactly(0, 3);
            for (String name : new String[] {"i", "f"}) {
                assertThatThrownBy(() -> read.float32(name))
                        .isInstanceOfSatisfying(SafetensorsException.class, e -> assertThat(e.reason())
                                .isEqualTo(Reason.UNSUPPORTED_TYPE))
                        .hasMessageContainingAll("'" + name + "'", file.toString());
            }
        }
    }

    @Test
    void bfloat16IsRoundedToNearestTiesToEven() throws IOException {
        float[] values = {1.00390625f, 1.01171875f, 1.0039064f, -1.00390625f, Float.MAX_VALUE, Float.NaN};
        try (SafetensorsFile read = SafetensorsFile.open(
                write(TensorSource.of("x", Tensor.of(values, 6).to(DType.BFLOAT16))))) {
            short[] codes = read.segment("x").toArray(ValueLayout.JAVA_SHORT_UNALIGNED);
            assertThat(codes[0]).isEqualTo((short) 0x3F80);
            assertThat(codes[1]).isEqualTo((short) 0x3F82);
            assertThat(codes[2]).isEqualTo((short) 0x3F81);
            assertThat(codes[3]).isEqualTo((short) 0xBF80);
            assertThat(codes[4]).isEqualTo((short) 0x7F80);
            assertThat(read.float32("x").toFloats()[5]).isNaN();
        }
    }

    @Test
    void sourcesThatCannotBeWrittenAreRefused() {
        assertThatThrownBy(() -> bytes("__metadata__", SafetensorsType.U8, new byte[1], 1L))
                .hasMessageContaining("reserves");
        assertThatThrownBy(() -> bytes("x", SafetensorsType.F4, new byte[2], 3L))
                .hasMessageContaining("whole byte");
        assertThatThrownBy(() -> bytes("x", SafetensorsType.U8, new byte[2], -3L))
                .hasMessageContaining("-3");
        assertThatThrownBy(() -> write(bytes("x", SafetensorsType.U16, new byte[3], 2L)))
                .hasMessageContainingAll("'x'", "3 bytes", "needs 4");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatCannotBeReplacedLeavesNothingBeside() throws IOException {
        Files.createDirectories(folder.resolve("t.safetensors/in the way"));
        assertThatThrownBy(() -> write(bytes("x", SafetensorsType.U8, new byte[1], 1L)))
                .isInstanceOf(IOException.class);
        assertThat(folder.toFile().list()).containsExactly("t.safetensors");
    }
}
