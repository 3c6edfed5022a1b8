package dev.steelyard.torch.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.StateDict;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.safetensors.SafetensorsException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {

    @TempDir
    Path folder;

    private Path file(String header, int bufferBytes) throws IOException {
        return file(header.getBytes(StandardCharsets.UTF_8), bufferBytes);
    }

    private Path file(byte[] header, int bufferBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + bufferBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        for (int i = 0; i < bufferBytes; i++) {
            bytes.put((byte) i);
        }
        return Files.write(folder.resolve("x.safetensors"), bytes.array());
    }

    private void assertRejected(Path file, Reason reason) {
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOfSatisfying(
                        SafetensorsException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining("x.safetensors");
    }

    @Test
    void workedExampleByteForByte() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", Tensor.of(new float[] {1, -2}, 2));
        tensors.put("b", Tensor.of(new long[] {7}));
        Path file = folder.resolve("a.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSize(168);
        String header = "{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":"
                + "[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}";
        assertThat(new String(bytes, 8, 144, StandardCharsets.UTF_8)).isEqualTo(header + " ".repeat(6));
        assertThat(HexFormat.ofDelimiter(" ").formatHex(bytes, 152, 168))
                .isEqualTo("07 00 00 00 00 00 00 00 00 00 80 3f 00 00 00 c0");
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(read.tensor("a").toFloats()).containsExactly(1, -2);
            assertThat(read.tensor("b").item()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void everyTypeComesBack(DType dtype) throws IOException {
        Path file = folder.resolve("t.safetensors");
        Tensor tensor = Tensor.of(new double[] {1, 0, 1, 1, 0, 1}, 2, 3).to(dtype);
        SafetensorsWriter.write(
                file, Map.of("odd \"name\" \\ \u00e9", tensor, "empty", Tensor.zeros(dtype, 0, 4)), Map.of());
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            Tensor back = read.tensor("odd \"name\" \\ \u00e9");
            assertThat(back.dtype()).isEqualTo(dtype);
            assertThat(back.shape()).containsExactly(2, 3);
            assertThat(back.toDoubles()).isEqualTo(tensor.toDoubles());
            assertThat(read.tensor("empty").shape()).containsExactly(0, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 1000})
    void aPaddedHeaderAndUnalignedDataAreRead(int spaces) throws IOException {
        Path file = file(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]},"
                        + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}" + " ".repeat(spaces),
                6);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.names()).containsExactly("b", "a");
            float expected = ByteBuffer.wrap(new byte[] {2, 3, 4, 5})
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getFloat();
            assertThat(read.tensor("a").toFloats()).containsExactly(expected);
            assertThatThrownBy(() -> read.tensor("c"))
                    .isInstanceOfSatisfying(SafetensorsException.class, e -> assertThat(e.reason())
                            .isEqualTo(Reason.TENSOR_NOT_FOUND))
                    .hasMessageContaining("'c'");
        }
    }

    @Test
    void namesAreEscapedAsByTheReferenceWriter() throws IOException {
        try (Scope scope = Scope.open()) {
            Path file = folder.resolve("names.safetensors");
            String name = "\uD83D\uDE00\u00E9\u001F\"\\/";
            SafetensorsWriter.write(file, Map.of(name, Tensor.zeros(DType.BOOL, 1)), Map.of());
            String escaped = "\uD83D\uDE00\u00E9" + "\\u001f" + "\\\"" + "\\\\" + "/";
            String header = "{\"" + escaped + "\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[0,1]}}";
            byte[] written = Files.readAllBytes(file);
            byte[] expected = header.getBytes(StandardCharsets.UTF_8);
            assertThat(Arrays.copyOfRange(written, 8, 8 + expected.length)).isEqualTo(expected);
            try (SafetensorsFile read = SafetensorsFile.open(file)) {
                assertThat(read.names()).containsExactly(name);
            }
        }
    }

    @Test
    void aTensorWithoutElementsMayHaveAnyOtherLength() throws IOException {
        Path file = file("{\"a\":{\"dtype\":\"F64\",\"shape\":[4611686018427387904,0],\"data_offsets\":[0,0]}}", 0);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.entry("a").shape()).containsExactly(4611686018427387904L, 0L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "[];0;INVALID_HEADER",
                "{;0;INVALID_HEADER",
                "{\"a\":{\"dtype\":\"F99\",\"shape\":[],\"data_offsets\":[0,4]}};4;INVALID_HEADER",
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}};4;INVALID_HEADER",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}};4;INVALID_HEADER",
                "{\"__metadata__\":{\"a\":1}};0;INVALID_HEADER",
                "{\"__metadata__\":{\"a\":[[[[[[[[[1]]]]]]]]]}};0;INVALID_HEADER",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                        + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}};2;INVALID_HEADER",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}};2;INVALID_OFFSET",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},"
                        + "\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[1,3]}};3;INVALID_OFFSET",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,0]}};2;INVALID_OFFSET",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}};4;TENSOR_INVALID_INFO",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}};4;VALIDATION_OVERFLOW",
                "{\"a\":{\"dtype\":\"F4\",\"shape\":[3],\"data_offsets\":[0,1]}};1;MISALIGNED_SLICE",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}};2;METADATA_INCOMPLETE_BUFFER",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]}};2;METADATA_INCOMPLETE_BUFFER"
            })
    void hostileHeadersAreRejected(String header, int bytes, Reason reason) throws IOException {
        assertRejected(file(header, bytes), reason);
    }

    @Test
    void hostileLengthsAreRejected() throws IOException {
        assertRejected(Files.write(folder.resolve("x.safetensors"), new byte[7]), Reason.HEADER_TOO_SMALL);
        assertRejected(length(100_000_001), Reason.HEADER_TOO_LARGE);
        assertRejected(length(Long.MIN_VALUE), Reason.HEADER_TOO_LARGE);
        assertRejected(length(1000), Reason.INVALID_HEADER_LENGTH);
        assertRejected(file(new byte[] {'{', '"', (byte) 0xff, '"', '}'}, 0), Reason.INVALID_HEADER);
    }

    private Path length(long length) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        return Files.write(folder.resolve("x.safetensors"), bytes.array());
    }

    @Test
    void aTypeCarriedAsBytesIsSaidToBeOne() throws IOException {
        Path file = file("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[2],\"data_offsets\":[0,2]}}", 2);
        try (SafetensorsFile read = SafetensorsFile.open(file)) {
            assertThat(read.segment("a").byteSize()).isEqualTo(2);
            assertThatThrownBy(() -> read.tensor("a")).hasMessageContaining("F8_E4M3");
        }
    }

    @Test
    void aFailedWriteLeavesThePreviousFile() throws IOException {
        Path file = folder.resolve("kept.safetensors");
        SafetensorsWriter.write(file, Map.of("a", Tensor.of(new float[] {1}, 1)), Map.of());
        byte[] before = Files.readAllBytes(file);
        // A folder where the temporary file should go stands for a disk that takes nothing.
        Files.createDirectories(folder.resolve("kept.safetensors.tmp"));
        assertThatThrownBy(() -> SafetensorsWriter.write(file, Map.of("a", Tensor.of(new float[] {2}, 1)), Map.of()))
                .isInstanceOf(IOException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aStateComesBack() throws IOException {
        Path file = folder.resolve("state.safetensors");
        StateFiles.save(
                file, new StateDict(Map.of("w/moment1", Tensor.of(new double[] {1, 2}, 2)), Map.of("step", "7")));
        StateDict state = StateFiles.load(file);
        assertThat(state.count("step")).isEqualTo(7);
        assertThat(state.tensor("w/moment1", 2).toDoubles()).containsExactly(1, 2);
        assertThatThrownBy(() -> state.tensor("v", 2)).hasMessageContaining("'v'");
        assertThatThrownBy(() -> state.tensor("w/moment1", 3)).hasMessageContaining("[2]");
    }
}
