package dev.steelyard.optim.lionk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.study.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTest {

    @TempDir
    private Path folder;

    @Test
    void imagesOfTheMnistFamilyAreAveragedAroundTheCentre() throws IOException {
        write(28, 3, 7);
        Digits digits = Digits.load(Seeds.root(1), List.of(folder), List.of(folder));
        assertThat(digits.source())
                .contains("train-images-idx3-ubyte.gz")
                .contains("in place of the handwritten digits");
        assertThat(digits.count()).isEqualTo(2);
        assertThat(digits.labels()).containsExactlyInAnyOrder(3, 7);
        int seven = digits.labels()[0] == 7 ? 0 : 1;
        // The image is padded from 28 to 32; its first pixel then stands at (2, 2), in the first square of 4x4, of
        // which it is a sixteenth; a whole square of 255 lies at the centre.
        assertThat(digits.images()[seven][0]).isCloseTo(1 / 16f, within(1e-6f));
        assertThat(digits.images()[seven][4 * 8 + 4]).isCloseTo(1, within(1e-6f));
        assertThat(digits.images()[seven][63]).isZero();
    }

    @Test
    void filesThatAreNoIdxOrDoNotFitAreRefusedByName() throws IOException {
        write(28, 3, 11);
        assertThatThrownBy(() -> Digits.load(Seeds.root(1), List.of(), List.of(folder)))
                .hasMessageContaining("label 11")
                .hasMessageContaining("train-labels");
        write(28, 3, 7);
        Path images = folder.resolve("train-images-idx3-ubyte.gz");
        Files.copy(
                folder.resolve("train-labels-idx1-ubyte.gz"),
                images,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> Digits.load(Seeds.root(1), List.of(), List.of(folder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("train-images")
                .hasMessageContaining("00000803")
                .hasMessageContaining("00000801");
    }

    @Test
    void withoutFilesTheStandInSaysWhereItLooked() {
        Digits digits = Digits.load(Seeds.root(1), List.of(folder), List.of(folder));
        assertThat(digits.source()).startsWith("a stand-in").contains("steelyard.data");
        assertThat(digits.count()).isEqualTo(1797);
    }

    /** Two images: a black one, and one with a single white corner and a white square of 4x4 right of the centre. */
    private void write(int side, int firstLabel, int secondLabel) throws IOException {
        ByteArrayOutputStream images = new ByteArrayOutputStream();
        DataOutputStream image = new DataOutputStream(images);
        for (int header : new int[] {0x803, 2, side, side}) {
            image.writeInt(header);
        }
        image.write(new byte[side * side]);
        byte[] second = new byte[side * side];
        second[0] = (byte) 255;
        for (int row = 14; row < 18; row++) {
            for (int column = 14; column < 18; column++) {
                second[row * side + column] = (byte) 255;
            }
        }
        image.write(second);
        gzip("train-images-idx3-ubyte.gz", images.toByteArray());
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        DataOutputStream label = new DataOutputStream(labels);
        label.writeInt(0x801);
        label.writeInt(2);
        label.write(new byte[] {(byte) firstLabel, (byte) secondLabel});
        gzip("train-labels-idx1-ubyte.gz", labels.toByteArray());
    }

    private void gzip(String name, byte[] bytes) throws IOException {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(bytes);
        }
    }
}
