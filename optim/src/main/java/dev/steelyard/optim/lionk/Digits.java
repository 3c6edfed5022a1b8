package dev.steelyard.optim.lionk;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.torch.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Images of 8x8 pixels of ten classes: the handwritten digits of scikit-learn where the machine has them, or images of
 * the MNIST family made smaller, and otherwise a stand-in drawn from random prototypes.
 *
 * @param source which of them, in words
 * @param images (n, 64), pixels in [0, 1], shuffled
 * @param labels as many, 0 to 9
 */
record Digits(String source, float[][] images, long[] labels) {

    static final int PIXELS = 64;
    static final int CLASSES = 10;
    private static final int SIDE = 8;
    private static final int COUNT = 1797;
    private static final int STYLES = 2;
    private static final String FILE = "digits.csv.gz";
    private static final String IDX_IMAGES = "train-images-idx3-ubyte";
    private static final String IDX_LABELS = "train-labels-idx1-ubyte";
    private static final Path DEBIAN_DIGITS = Path.of("/usr/lib/python3/dist-packages/sklearn/datasets/data");
    private static final Path DEBIAN_FASHION = Path.of("/usr/share/datasets/fashion-mnist");

    private record Sample(float[] image, long label) {}

    /** Images that a machine may have, and how they are read. */
    private record Source(String description, Supplier<List<Sample>> samples) {}

    /**
     * The handwritten digits if the folder of the system property {@code steelyard.data} or Debian's python3-sklearn has
     * them; else the first images of an MNIST-like training set of that folder or of Debian's dataset-fashion-mnist;
     * else the stand-in.
     */
    static Digits load(Seeds seeds) {
        Optional<Path> folder =
                Optional.ofNullable(System.getProperty("steelyard.data")).map(Path::of);
        return load(
                seeds,
                Stream.concat(folder.stream(), Stream.of(DEBIAN_DIGITS)).toList(),
                Stream.concat(folder.stream(), Stream.of(DEBIAN_FASHION)).toList());
    }

    static Digits load(Seeds seeds, List<Path> digitFolders, List<Path> idxFolders) {
        Source source = Stream.concat(
                        digitFolders.stream().flatMap(Digits::handwritten),
                        idxFolders.stream().flatMap(Digits::idx))
                .findFirst()
                .orElseGet(() -> new Source(
                        "a stand-in for the handwritten digits, drawn from random prototypes, because no " + FILE
                                + " and no " + IDX_IMAGES + " was found in the folder of the system property"
                                + " steelyard.data, in " + DEBIAN_DIGITS + " or in " + DEBIAN_FASHION,
                        () -> standIn(seeds.generator("digits"))));
        List<Sample> samples = new ArrayList<>(source.samples().get());
        Collections.shuffle(samples, Random.from(seeds.generator("order")));
        return new Digits(
                source.description(),
                samples.stream().map(Sample::image).toArray(float[][]::new),
                samples.stream().mapToLong(Sample::label).toArray());
    }

    private static Stream<Source> handwritten(Path folder) {
        Path file = folder.resolve(FILE);
        return Files.isReadable(file)
                ? Stream.of(new Source("the handwritten digits of " + file, () -> read(file)))
                : Stream.empty();
    }

    private static Stream<Source> idx(Path folder) {
        return Stream.of(".gz", "")
                .filter(ending -> Files.isReadable(folder.resolve(IDX_IMAGES + ending))
                        && Files.isReadable(folder.resolve(IDX_LABELS + ending)))
                .map(ending -> new Source(
                        "the first " + COUNT + " images of " + folder.resolve(IDX_IMAGES + ending)
                                + ", averaged to 8x8 pixels, in place of the handwritten digits",
                        () -> shrunk(folder.resolve(IDX_IMAGES + ending), folder.resolve(IDX_LABELS + ending))));
    }

    private static List<Sample> shrunk(Path images, Path labels) {
        IdxImages idx = IdxImages.read(images, labels, COUNT);
        return IntStream.range(0, idx.labels().length)
                .mapToObj(i -> new Sample(idx.shrunk(i, SIDE), label(idx.labels()[i], labels, i)))
                .toList();
    }

    private static long label(byte label, Path file, int place) {
        if (label < 0 || label >= CLASSES) {
            throw new IllegalArgumentException(
                    file + ": label " + Byte.toUnsignedInt(label) + " at " + place + " is not one of the ten classes");
        }
        return label;
    }

    private static List<Sample> read(Path file) {
        List<Sample> samples = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            String line = lines.readLine();
            for (int number = 1; line != null; number++, line = lines.readLine()) {
                samples.add(parse(line, file + ":" + number));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the digits of " + file, e);
        }
        return samples;
    }

    private static Sample parse(String line, String place) {
        String[] cells = line.split(",", -1);
        if (cells.length != PIXELS + 1) {
            throw new IllegalArgumentException(
                    place + ": expected 64 pixels and a label, found " + cells.length + " cells");
        }
        try {
            float[] image = new float[PIXELS];
            for (int i = 0; i < PIXELS; i++) {
                image[i] = Float.parseFloat(cells[i]) / 16;
            }
            return new Sample(image, (long) Double.parseDouble(cells[PIXELS]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
    }

    private static List<Sample> standIn(RandomGenerator random) {
        float[][] prototypes = new float[CLASSES * STYLES][];
        for (int i = 0; i < prototypes.length; i++) {
            prototypes[i] = prototype(random);
        }
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            int label = i % CLASSES;
            samples.add(new Sample(draw(prototypes[label * STYLES + random.nextInt(STYLES)], random), label));
        }
        return samples;
    }

    /** A smoothed random field, stretched to [0, 1]. */
    private static float[] prototype(RandomGenerator random) {
        float[] noise = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        float[] smooth = new float[PIXELS];
        float low = Float.MAX_VALUE;
        float high = -Float.MAX_VALUE;
        for (int i = 0; i < PIXELS; i++) {
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    smooth[i] += pixel(noise, i / SIDE + dy, i % SIDE + dx) * (2 - Math.abs(dx)) * (2 - Math.abs(dy));
                }
            }
            low = Math.min(low, smooth[i]);
            high = Math.max(high, smooth[i]);
        }
        for (int i = 0; i < PIXELS; i++) {
            smooth[i] = (smooth[i] - low) / (high - low);
        }
        return smooth;
    }

    private static float[] draw(float[] prototype, RandomGenerator random) {
        int down = random.nextInt(-1, 2);
        int right = random.nextInt(-1, 2);
        double contrast = random.nextDouble(0.6, 1);
        float[] image = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            double ink = contrast * pixel(prototype, i / SIDE + down, i % SIDE + right) + random.nextGaussian(0, 0.1);
            image[i] = (float) Math.clamp(ink, 0, 1);
        }
        return image;
    }

    private static float pixel(float[] image, int row, int column) {
        return row < 0 || row >= SIDE || column < 0 || column >= SIDE ? 0 : image[row * SIDE + column];
    }

    /** The images from one position to another, (n, 64). */
    Tensor images(int from, int to) {
        float[] flat = new float[(to - from) * PIXELS];
        for (int i = from; i < to; i++) {
            System.arraycopy(images[i], 0, flat, (i - from) * PIXELS, PIXELS);
        }
        return Tensor.of(flat, to - from, PIXELS);
    }

    /** The labels from one position to another, (n). */
    Tensor labels(int from, int to) {
        return Tensor.of(java.util.Arrays.copyOfRange(labels, from, to), to - from);
    }

    int count() {
        return labels.length;
    }
}
