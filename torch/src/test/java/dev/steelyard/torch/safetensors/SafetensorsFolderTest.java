package dev.steelyard.torch.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.safetensors.SafetensorsException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFolderTest {

    private static final String INDEX = "model.safetensors.index.json";
    private static final String FIRST = "model-00001-of-00002.safetensors";
    private static final String SECOND = "model-00002-of-00002.safetensors";
    private static final Map<String, String> FORMAT = Map.of("format", "pt");

    @TempDir
    Path folder;

    private static TensorSource source(String name, float... values) {
        return TensorSource.of(name, Tensor.of(values, values.length));
    }

    /** Two shards of 12 and 8 bytes. */
    private void writeTwoShards() throws IOException {
        SafetensorsFolderWriter.write(
                folder, List.of(source("c", 1, 2), source("a", 3), source("b", 4, 5)), FORMAT, 12);
    }

    private void writeIndex(String text) throws IOException {
        Files.writeString(folder.resolve(INDEX), text);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void assertRefused(Reason reason, String... told) {
        assertThatThrownBy(() -> SafetensorsFolder.open(folder).close())
                .isInstanceOfSatisfying(
                        SafetensorsException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(folder.toString())
                .hasMessageContainingAll(told);
    }

    @Test
    void shardsAreFilledInOrderAndReadByTheirIndex() throws IOException {
        writeTwoShards();
        assertThat(files()).containsExactly(FIRST, SECOND, INDEX);
        assertThat(Files.readString(folder.resolve(INDEX)).replaceAll("\\s", ""))
                .isEqualTo("{\"metadata\":{\"total_size\":20},\"weight_map\":{\"c\":\"" + FIRST + "\",\"a\":\"" + FIRST
                        + "\",\"b\":\"" + SECOND + "\"}}");
        try (SafetensorsFolder read = SafetensorsFolder.open(folder)) {
            assertThat(read.names()).containsExactly("c", "a", "b");
            assertThat(read.files()).containsExactly(folder.resolve(FIRST), folder.resolve(SECOND));
            assertThat(read.tensor("c").toFloats()).containsExactly(1, 2);
            assertThat(read.float32("b").toFloats()).containsExactly(4, 5);
            assertThat(read.entry("a").shape()).containsExactly(1L);
            assertThat(read.segment("a").byteSize()).isEqualTo(4);
            assertThat(read.file("a").metadata()).isEqualTo(FORMAT);
            assertThatThrownBy(() -> read.tensor("d"))
                    .isInstanceOfSatisfying(SafetensorsException.class, e -> assertThat(e.reason())
                            .isEqualTo(Reason.TENSOR_NOT_FOUND))
                    .hasMessageContainingAll(folder.toString(), "'d'");
        }
    }

    @Test
    void aTensorLargerThanTheLimitHasAShardOfItsOwn() throws IOException {
        SafetensorsFolderWriter.write(
                folder, List.of(source("a", 1), source("b", 1, 2, 3), source("c", 1), source("d", 2)), FORMAT, 8);
        try (SafetensorsFolder read = SafetensorsFolder.open(folder)) {
            List<List<String>> held = new ArrayList<>();
            for (Path file : read.files()) {
                try (SafetensorsFile shard = SafetensorsFile.open(file)) {
                    held.add(shard.names());
                }
            }
            assertThat(held).containsExactly(List.of("a"), List.of("b"), List.of("c", "d"));
        }
    }

    @Test
    void aSingleShardHasNoIndexAndReplacesAFormerModel() throws IOException {
        writeTwoShards();
        SafetensorsFolderWriter.write(folder, List.of(source("a", 7)), FORMAT, SafetensorsFolderWriter.SHARD_BYTES);
        assertThat(files()).containsExactly(FIRST, SECOND, "model.safetensors");
        try (SafetensorsFolder read = SafetensorsFolder.open(folder)) {
            assertThat(read.names()).containsExactly("a");
            assertThat(read.tensor("a").toFloats()).containsExactly(7);
        }
        writeTwoShards();
        assertThat(files()).containsExactly(FIRST, SECOND, INDEX);
    }

    @Test
    void aFailureWhileWritingLeavesTheFormerModel() throws IOException {
        writeTwoShards();
        TensorSource broken = new TensorSource("z", SafetensorsType.F32, List.of(2L), () -> {
            throw new IllegalStateException("cannot be computed");
        });
        List<TensorSource> sources = List.of(source("a", 9), source("c", 9), broken);
        assertThatThrownBy(() -> SafetensorsFolderWriter.write(folder, sources, FORMAT, 8))
                .hasMessage("cannot be computed");
        assertThatThrownBy(() -> SafetensorsFolderWriter.write(folder, sources, FORMAT, 100))
                .hasMessage("cannot be computed");
        assertThat(files()).containsExactly(FIRST, SECOND, INDEX);
        try (SafetensorsFolder read = SafetensorsFolder.open(folder)) {
            assertThat(read.tensor("a").toFloats()).containsExactly(3);
        }
    }

    @Test
    void aNameIsWrittenOnce() {
        List<TensorSource> twice = List.of(source("a", 1), source("a", 2));
        assertThatThrownBy(() -> SafetensorsFolderWriter.write(folder, twice, FORMAT, 4))
                .hasMessageContaining("'a' is to be written twice");
        assertThatThrownBy(() -> SafetensorsFolderWriter.write(folder, twice, FORMAT, 100))
                .hasMessageContaining("'a' is to be written twice");
        assertThatThrownBy(() -> SafetensorsFolderWriter.write(folder, twice, FORMAT, 0))
                .hasMessageContaining("shardBytes");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theIndexIsTheTruthOfWhatThereIs() throws IOException {
        writeTwoShards();
        writeIndex(
                "{\"metadata\": {\"total_size\": 3.0, \"other\": [1]}, \"weight_map\": {\"b\": \"" + SECOND + "\"}}");
        Files.delete(folder.resolve(FIRST));
        try (SafetensorsFolder read = SafetensorsFolder.open(folder)) {
            assertThat(read.names()).containsExactly("b");
        }
    }

    @Test
    void shardsMayLieInAFolderBelow() throws IOException {
        Path below = Files.createDirectory(folder.resolve("weights"));
        SafetensorsWriter.write(below.resolve("one.safetensors"), List.of(source("a", 1)), FORMAT);
        writeIndex("{\"weight_map\": {\"a\": \"weights/one.safetensors\"}}");
        try (SafetensorsFolder read = SafetensorsFolder.open(folder)) {
            assertThat(read.tensor("a").toFloats()).containsExactly(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.safetensors",
                "weights/../../secret.safetensors",
                "/etc/passwd",
                "..",
                ".",
                "",
                "weights//x.safetensors",
                "..\\\\secret.safetensors",
                "C:secret.safetensors",
                "x\\u0000.safetensors"
            })
    void pathsOutOfTheFolderAreRefused(String shard) throws IOException {
        SafetensorsWriter.write(folder.resolve("secret.safetensors"), List.of(source("a", 1)), FORMAT);
        writeIndex("{\"weight_map\": {\"a\": \"" + shard + "\"}}");
        assertRefused(Reason.SHARD_OUTSIDE, INDEX, "'a'", "do not use");
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        writeTwoShards();
        Files.delete(folder.resolve(SECOND));
        assertRefused(Reason.SHARD_MISSING, INDEX, SECOND, "'b'", "fetch it");
        Files.createDirectory(folder.resolve(SECOND));
        assertRefused(Reason.SHARD_MISSING, SECOND);
    }

    @Test
    void aTensorNamedTwiceIsRefused() throws IOException {
        writeTwoShards();
        writeIndex("{\"weight_map\": {\"a\": \"" + FIRST + "\", \"a\": \"" + SECOND + "\"}}");
        assertRefused(Reason.INVALID_INDEX, INDEX, "'a'");
    }

    @Test
    void aTensorInTwoShardsIsRefused() throws IOException {
        writeTwoShards();
        SafetensorsWriter.write(folder.resolve(SECOND), List.of(source("b", 1), source("a", 1)), FORMAT);
        assertRefused(Reason.DUPLICATE_TENSOR, "'a'", FIRST, SECOND);
        Files.delete(folder.resolve(INDEX));
        assertRefused(Reason.DUPLICATE_TENSOR, "'a'", FIRST, SECOND);
    }

    @Test
    void aTensorAbsentFromItsShardIsRefused() throws IOException {
        writeTwoShards();
        writeIndex("{\"weight_map\": {\"a\": \"" + FIRST + "\", \"nowhere\": \"" + FIRST + "\"}}");
        assertRefused(Reason.TENSOR_NOT_FOUND, INDEX, "'nowhere'", FIRST);
        writeIndex("{\"weight_map\": {\"b\": \"" + SECOND + "\", \"a\": \"" + SECOND + "\"}}");
        assertRefused(Reason.TENSOR_NOT_FOUND, INDEX, "'a'", SECOND);
    }

    @Test
    void aDamagedShardIsNamed() throws IOException {
        writeTwoShards();
        Files.write(folder.resolve(SECOND), new byte[5]);
        assertRefused(Reason.HEADER_TOO_SMALL, SECOND);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "[]; weight_map",
                "{; JSON",
                "{}; weight_map",
                "{\"weight_map\": {}}; weight_map",
                "{\"weight_map\": []}; weight_map",
                "{\"weight_map\": {\"a\": 1}}; 'a'",
                "{\"weight_map\": {\"a\": null}}; 'a'",
                "{\"weight_map\": {\"a\": \"x\"}} 1; JSON",
                "{\"weight_map\": {\"a\": [[[[[[[[[[1]]]]]]]]]]}}; JSON"
            })
    void anIndexThatIsNoneIsRefused(String text, String told) throws IOException {
        writeIndex(text);
        assertRefused(Reason.INVALID_INDEX, INDEX, told);
    }

    @Test
    void withoutAnIndexTheSingleFileIsRead() throws IOException {
        SafetensorsWriter.write(folder.resolve("weights.safetensors"), List.of(source("a", 1)), FORMAT);
        try (SafetensorsFolder read = SafetensorsFolder.open(folder)) {
            assertThat(read.names()).containsExactly("a");
        }
        SafetensorsWriter.write(folder.resolve("other.safetensors"), List.of(source("b", 1)), FORMAT);
        assertRefused(Reason.NO_WEIGHTS, "2 safetensors files", "add the index");
        SafetensorsWriter.write(folder.resolve("model.safetensors"), List.of(source("c", 1)), FORMAT);
        try (SafetensorsFolder read = SafetensorsFolder.open(folder)) {
            assertThat(read.names()).containsExactly("c");
        }
    }

    @Test
    void withoutAnIndexAWholeSetOfShardsIsRead() throws IOException {
        writeTwoShards();
        Files.delete(folder.resolve(INDEX));
        try (SafetensorsFolder read = SafetensorsFolder.open(folder)) {
            assertThat(read.names()).containsExactlyInAnyOrder("a", "b", "c");
        }
        Files.move(folder.resolve(FIRST), folder.resolve("model-00003-of-00003.safetensors"));
        Files.move(folder.resolve(SECOND), folder.resolve("model-00002-of-00003.safetensors"));
        assertRefused(Reason.SHARD_MISSING, "model-00001-of-00003.safetensors");
    }

    @Test
    void foldersWithoutWeightsAndPicklesAreRefused() throws IOException {
        assertRefused(Reason.NO_WEIGHTS, "no safetensors files");
        Files.createFile(folder.resolve("pytorch_model.bin"));
        assertRefused(Reason.NO_WEIGHTS, "pytorch_model.bin", "only safetensors");
    }

    /** Egypt's digits are not ASCII's; other tools would not know shards that are named with them. */
    @Test
    void shardsAreNamedAlikeInEveryLanguage() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(ShardName.of(2, 12)).isEqualTo("model-00002-of-00012.safetensors");
        } finally {
            Locale.setDefault(before);
        }
    }
}
