package dev.steelyard.optim.lionk;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Grey images with labels in the IDX format, as MNIST and Fashion-MNIST come, gzipped or plain.
 *
 * @param rows pixels from top to bottom
 * @param columns pixels from left to right
 * @param pixels (n, rows * columns), 0 to 255
 * @param labels as many
 */
record IdxImages(int rows, int columns, byte[][] pixels, byte[] labels) {

    private static final int IMAGES_MAGIC = 0x803;
    private static final int LABELS_MAGIC = 0x801;

    /**
     * The first images of a file with their labels.
     *
     * @param most how many at most
     * @throws IllegalArgumentException if a file is of another format, or their numbers differ
     * @throws UncheckedIOException if a file cannot be read or ends too early
     */
    static IdxImages read(Path images, Path labels, int most) {
        try (DataInputStream image = open(images);
                DataInputStream label = open(labels)) {
            requireMagic(images, image.readInt(), IMAGES_MAGIC, "images");
            requireMagic(labels, label.readInt(), LABELS_MAGIC, "labels");
            int count = image.readInt();
            int labelled = label.readInt();
            if (count != labelled) {
                throw new IllegalArgumentException(
                        images + " holds " + count + " images, but " + labels + " holds " + labelled + " labels");
            }
            int rows = image.readInt();
            int columns = image.readInt();
            byte[][] pixels = new byte[Math.min(count, most)][rows * columns];
            for (byte[] one : pixels) {
                image.readFully(one);
            }
            byte[] classes = new byte[pixels.length];
            label.readFully(classes);
            return new IdxImages(rows, columns, pixels, classes);
        } catch (EOFException e) {
            throw new UncheckedIOException("one of " + images + " and " + labels + " ends too early", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the images of " + images + " and " + labels, e);
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return new DataInputStream(
                new BufferedInputStream(file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes));
    }

    private static void requireMagic(Path file, int magic, int expected, String what) {
        if (magic != expected) {
            throw new IllegalArgumentException(String.format(
                    "%s: expected an IDX file of %s, which begins with %08x, found %08x", file, what, expected, magic));
        }
    }

    /** An image of {@code side * side} pixels in [0, 1]: each the mean of a square of the image, centred on black. */
    float[] shrunk(int image, int side) {
        int square = (Math.max(rows, columns) + side - 1) / side;
        int top = (square * side - rows) / 2;
        int left = (square * side - columns) / 2;
        int[] sums = new int[side * side];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int place = (row + top) / square * side + (column + left) / square;
                sums[place] += Byte.toUnsignedInt(pixels[image][row * columns + column]);
            }
        }
        float[] small = new float[sums.length];
        for (int i = 0; i < small.length; i++) {
            small[i] = sums[i] / (255f * square * square);
        }
        return small;
    }
}
