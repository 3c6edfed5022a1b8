package dev.steelyard.cli;

import static dev.steelyard.cli.Steelyard.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that is trained further, whole or by an adapter. */
class FinetuneTest {

    private static final String ADAPTER = "adapter_model.safetensors";

    @TempDir
    static Path shared;

    private static TinyModel base;

    @TempDir
    Path folder;

    private Path text;

    @BeforeAll
    static void train() throws IOException {
        base = TinyModel.in(shared).trained();
    }

    @BeforeEach
    void write() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            lines.append("{\"letter\": \"dear wheel %d, turn the other way\"}%n".formatted(i));
        }
        text = Files.writeString(folder.resolve("letters.jsonl"), lines);
    }

    private Object[] tuning(String out, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("finetune", text, "--json-field", "letter"));
        arguments.addAll(List.of("--base", base.folder(), "--out", folder.resolve(out), "--held-out", 0.1));
        arguments.addAll(List.of("--steps", 6, "--batch", 2, "--length", 16, "--checkpoint-every", 3, "--threads", 1));
        arguments.addAll(Arrays.asList(more));
        return arguments.toArray();
    }

    private static void assertDone(Steelyard.Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    private static String written(Path model) {
        Steelyard.Outcome outcome = Steelyard.run("generate", model, "the small", "--tokens", 8, "--temperature", 0);
        assertDone(outcome);
        return outcome.out();
    }

    @Test
    void aBaseOfSixteenBitsIsAdaptedAndWrites() {
        assertDone(Steelyard.run(tuning("adapter", "--lora-rank", 2, "--dtype", "bfloat16")));
        Steelyard.Outcome outcome =
                Steelyard.run("generate", folder.resolve("adapter"), "the small", "--tokens", 3, "--dtype", "bfloat16");
        assertDone(outcome);
        assertThat(outcome.out()).startsWith("the small");
    }

    /** As if it had been stopped after step 3 of 6. */
    private void stopHalfway(Path out, String... results) throws IOException {
        try (Stream<Path> last = Files.list(out.resolve("checkpoints/step-000006"))) {
            for (Path file : last.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(out.resolve("checkpoints/step-000006"));
        for (String result : results) {
            Files.delete(out.resolve(result));
        }
    }

    @Test
    void allWeightsAreTrainedFurtherAndResumed() throws IOException {
        byte[] before = Files.readAllBytes(base.folder().resolve("model.safetensors"));
        assertDone(Steelyard.run(tuning("tuned", "--optimizer", "frugal_columns")));
        Path tuned = folder.resolve("tuned");
        byte[] weights = Files.readAllBytes(tuned.resolve("model.safetensors"));
        assertThat(weights).isNotEqualTo(before);
        assertThat(base.folder().resolve("model.safetensors")).hasBinaryContent(before);
        assertThat(written(tuned)).startsWith("the small");

        stopHalfway(tuned, "model.safetensors", "config.json");
        assertDone(Steelyard.run(tuning("tuned", "--optimizer", "frugal_columns", "--resume")));
        assertThat(tuned.resolve("model.safetensors")).hasBinaryContent(weights);
    }

    @Test
    void anAdapterIsTrainedResumedMergedAndWrites() throws IOException {
        Object[] lora = {
            "--lora-rank", 4, "--lora-dropout", 0.1, "--learning-rate", 0.3, "--lora-targets", "q_proj,up_proj"
        };
        assertDone(Steelyard.run(tuning("adapter", lora)));
        Path adapter = folder.resolve("adapter");
        assertThat(adapter.toFile().list())
                .contains(ADAPTER, "adapter_config.json", "tokenizer.json")
                .doesNotContain("model.safetensors", "config.json");
        byte[] weights = Files.readAllBytes(adapter.resolve(ADAPTER));
        assertThat(adapter.resolve("checkpoints/step-000006").toFile().list())
                .contains(ADAPTER, "optimizer.safetensors")
                .doesNotContain("model.safetensors");

        assertDone(Steelyard.run(Stream.concat(Stream.of(tuning("merged", lora)), Stream.of("--merge"))
                .toArray()));
        assertThat(folder.resolve("merged").toFile().list())
                .contains("model.safetensors")
                .doesNotContain(ADAPTER);
        assertThat(written(adapter))
                .isEqualTo(written(folder.resolve("merged")))
                .isNotEqualTo(written(base.folder()));

        assertRefused(Steelyard.run(tuning("adapter", lora)), adapter, "holds a model already");
        stopHalfway(adapter, ADAPTER, "adapter_config.json");
        assertDone(Steelyard.run(Stream.concat(Stream.of(tuning("adapter", lora)), Stream.of("--resume"))
                .toArray()));
        assertThat(adapter.resolve(ADAPTER)).hasBinaryContent(weights);
        assertRefused(
                Steelyard.run(tuning("adapter", "--resume", "--lora-rank", 5)),
                "--lora-rank was 4, is 5",
                "--lora-dropout was 0.1, is the default");
    }

    @ParameterizedTest
    @CsvSource({
        "--lora-rank, 0, rank must be at least 1",
        "--lora-alpha, 2, give --lora-rank",
        "--lora-dropout, 0.5, give --lora-rank",
        "--lora-targets, q_proj, give --lora-rank",
        "--held-out, 1, --held-out must be",
        "--json-field, words, 'words'",
        "--length, 600, 512 positions"
    })
    void optionsOutOfRange(String name, String value, String told) throws IOException {
        if (name.equals("--length")) {
            // Enough for a row of that length.
            Files.writeString(text, Files.readString(text).repeat(10));
        }
        List<Object> arguments = new ArrayList<>(List.of(tuning("fresh")));
        int place = arguments.indexOf(name);
        if (place >= 0) {
            arguments.subList(place, place + 2).clear();
        }
        arguments.addAll(List.of(name, value));
        assertRefused(Steelyard.run(arguments.toArray()), told);
        assertThat(folder.resolve("fresh/checkpoints")).doesNotExist();
    }

    @Test
    void adaptersOptionsThatDoNotFit() {
        assertRefused(
                Steelyard.run(tuning("fresh", "--lora-rank", 2, "--lora-alpha", "-1")), "alpha must be finite", "-1");
        assertRefused(Steelyard.run(tuning("fresh", "--lora-rank", 2, "--lora-dropout", 1)), "dropout");
        assertRefused(Steelyard.run(tuning("fresh", "--merge")), "give --lora-rank");
        assertRefused(Steelyard.run(tuning("fresh", "--dtype", "bfloat16")), "frozen", "--lora-rank");
        assertRefused(Steelyard.run(tuning("fresh", "--lora-rank", 2, "--lora-targets", "fc1")), "'fc1'", "down_proj");
    }

    @Test
    void basesThatAreNotThere() {
        Path missing = folder.resolve("missing");
        assertRefused(
                Steelyard.run("finetune", text, "--base", missing, "--out", folder.resolve("fresh")),
                missing,
                "does not exist");
        assertRefused(Steelyard.run("finetune", text, "--out", folder.resolve("fresh")), "--base");
        assertThat(folder.resolve("fresh")).doesNotExist();
    }

    @Test
    void anAdapterWithoutItsBaseOrSpoilt() throws IOException {
        assertDone(Steelyard.run(tuning("adapter", "--lora-rank", 2)));
        Path adapter = folder.resolve("adapter");
        Path weights = adapter.resolve(ADAPTER);
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(bytes, bytes.length - 3));
        assertRefused(Steelyard.run("generate", adapter, "x"), weights, "fetch the file again");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - Float.BYTES, Float.NaN);
        Files.write(weights, bytes);
        assertRefused(Steelyard.run("generate", adapter, "x"), "lora_", "NaN or infinity");
        Path config = adapter.resolve("adapter_config.json");
        Files.writeString(config, Files.readString(config).replace(base.folder().toString(), folder + "/elsewhere"));
        assertRefused(Steelyard.run("generate", adapter, "x"), config, "elsewhere", "fetch the base model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<|end_of_text|>", "</s>", "<|nothing|>"})
    void theTokenAfterATextIsFoundByItsNames(String name) throws IOException {
        TinyModel other = base.copyTo(folder);
        Path tokenizer = other.folder().resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer).replace("<|endoftext|>", name));
        Path config = other.folder().resolve("config.json");
        Files.writeString(
                config, Files.readString(config).replaceAll("\"eos_token_id\" : \\d+", "\"eos_token_id\" : null"));
        Steelyard.Outcome outcome = Steelyard.run(
                "finetune",
                base.text(),
                "--base",
                other.folder(),
                "--out",
                folder.resolve("tuned"),
                "--steps",
                1,
                "--batch",
                1,
                "--length",
                8,
                "--threads",
                1);
        if (name.equals("<|nothing|>")) {
            assertRefused(outcome, "tokenizer.json", "<|endoftext|>", "take the tokenizer");
        } else {
            assertDone(outcome);
        }
    }
}
