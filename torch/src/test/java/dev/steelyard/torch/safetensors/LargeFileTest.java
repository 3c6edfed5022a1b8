package dev.steelyard.torch.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of more bytes than an int counts; it is sparse, and takes next to no room on the disk. */
class LargeFileTest {

    private static final long LARGE = 5_000_000_000L;

    @TempDir
    Path folder;

    private Path write() throws IOException {
        String header = "{\"large\":{\"dtype\":\"U8\",\"shape\":[5,1000000000],\"data_offsets\":[0," + LARGE + "]},"
                + "\"last\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[" + LARGE + "," + (LARGE + 8) + "]}}";
        ByteBuffer start = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
        ByteBuffer end = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        end.putInt(0x2A000000).putFloat(1.5f).putFloat(-2);
        Path file = folder.resolve("model.safetensors");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(start.flip(), 0);
            channel.write(end.flip(), 8 + header.length() + LARGE - 4);
        }
        return file;
    }

    @Test
    void tensorsBeyondTwoGigabytesAreRead() throws IOException {
        Path file = write();
        try (SafetensorsFolder read = SafetensorsFolder.open(folder)) {
            assertThat(read.files()).containsExactly(file);
            assertThat(read.tensor("last").toFloats()).containsExactly(1.5f, -2);
            assertThat(read.segment("large").byteSize()).isEqualTo(LARGE);
            assertThat(read.segment("large").get(ValueLayout.JAVA_BYTE, LARGE - 1))
                    .isEqualTo((byte) 0x2A);
        }
    }
}
