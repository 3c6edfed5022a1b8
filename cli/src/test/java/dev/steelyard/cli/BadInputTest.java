package dev.steelyard.cli;

import static dev.steelyard.cli.Steelyard.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the input is told in one message that names it, with exit code 2 and no stack trace. */
class BadInputTest {

    private static final String WEIGHTS = "model.safetensors";

    @TempDir
    static Path shared;

    private static TinyModel sound;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() throws IOException {
        sound = TinyModel.in(shared).trained();
    }

    private Steelyard.Outcome pretrain(Path text, Object... more) {
        return Steelyard.run(new TinyModel(text, folder.resolve("fresh")).training(more));
    }

    private static Steelyard.Outcome generate(Path model) {
        return Steelyard.run("generate", model, "the small", "--tokens", 3);
    }

    @Test
    void filesThatAreNotThereOrEmptyOrFolders() throws IOException {
        Path missing = folder.resolve("missing.txt");
        assertRefused(pretrain(missing), missing, "does not exist", "name a");
        Path empty = Files.writeString(folder.resolve("empty.txt"), " \n");
        assertRefused(pretrain(empty), empty, "is empty", "give text");
        assertRefused(pretrain(folder), folder, "is not a file", "name a");
        assertRefused(pretrain(Files.createFile(folder.resolve("empty.jsonl"))), "empty.jsonl", "is empty");
        assertRefused(
                Steelyard.run(new TinyModel(sound.text(), empty).training()), empty, "is a file", "name a folder");
        assertThat(folder.resolve("fresh")).doesNotExist();
    }

    @Test
    void textThatCannotBeLearntFrom() throws IOException {
        Path lines = Files.writeString(folder.resolve("lines.jsonl"), "{\"text\": \"one\"}\n{\"text\": \n");
        assertRefused(pretrain(lines), lines + ":2", "not JSON", "mend");
        Files.writeString(lines, "{\"text\": \"one\"}\n\n{\"words\": \"two\"}\n");
        assertRefused(pretrain(lines), lines + ":3", "'text'");
        Path latin = Files.write(folder.resolve("latin.txt"), "one\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(pretrain(latin), latin + ":2", "UTF-8");
        Path few = Files.writeString(folder.resolve("few.txt"), "one\n\ntwo\n");
        assertRefused(pretrain(few), "2 documents", "give more");
    }

    @Test
    void aHeldOutPartOfLessThanABlockIsToldBeforeTheFirstStep() {
        assertRefused(pretrain(sound.text(), "--length", 400), "held-out", "400", "shorter blocks");
        assertThat(folder.resolve("fresh/metrics.jsonl")).doesNotExist();
    }

    @Test
    void foldersThatHoldNoModel() throws IOException {
        Path missing = folder.resolve("missing");
        assertRefused(generate(missing), missing, "does not exist", "name a model's folder");
        assertRefused(generate(sound.text()), sound.text(), "is not a folder");
        assertRefused(generate(folder), folder.resolve("config.json"), "does not exist");
        TinyModel model = sound.copyTo(folder);
        Files.writeString(model.folder().resolve("config.json"), "");
        assertRefused(generate(model.folder()), "config.json");
        Files.delete(model.folder().resolve("config.json"));
        Files.createDirectory(model.folder().resolve("config.json"));
        assertRefused(generate(model.folder()), model.folder(), "config.json");
    }

    @Test
    void aTokenizerThatCannotBeRead() throws IOException {
        TinyModel model = sound.copyTo(folder);
        Path tokenizer = model.folder().resolve("tokenizer.json");
        Files.writeString(tokenizer, "");
        assertRefused(generate(model.folder()), tokenizer);
        Files.writeString(tokenizer, "{\"model\":\n{");
        assertRefused(generate(model.folder()), tokenizer + ":2", "not valid JSON");
        Files.delete(tokenizer);
        assertRefused(generate(model.folder()), tokenizer, "does not exist");
        assertRefused(Steelyard.run(model.training("--resume")), tokenizer, "does not exist");
        Files.createDirectory(tokenizer);
        assertRefused(generate(model.folder()), model.folder(), "tokenizer.json");
    }

    @Test
    void aTokenizerThatDoesNotFitTheModel() throws IOException {
        TinyModel larger = new TinyModel(sound.text(), folder.resolve("larger"));
        assertThat(Steelyard.run(larger.training("--vocabulary", 290)).code()).isZero();
        TinyModel model = sound.copyTo(folder);
        Files.copy(
                larger.folder().resolve("tokenizer.json"),
                model.folder().resolve("tokenizer.json"),
                StandardCopyOption.REPLACE_EXISTING);
        assertRefused(
                generate(model.folder()), "tokenizer.json has 290 ids", "vocab_size is 280", "take the tokenizer");
        assertRefused(Steelyard.run(model.training("--resume")), "tokenizer.json has 290 ids", "vocab_size is 280");
    }

    @Test
    void weightsThatAreCutOff() throws IOException {
        TinyModel model = sound.copyTo(folder);
        Path weights = model.folder().resolve(WEIGHTS);
        byte[] bytes = Files.readAllBytes(weights);
        for (int kept : new int[] {0, 5, 8, 100, bytes.length / 2, bytes.length - 1}) {
            Files.write(weights, Arrays.copyOf(bytes, kept));
            assertRefused(generate(model.folder()), WEIGHTS);
        }
        Path checkpoint = model.checkpoint(6);
        Files.write(checkpoint.resolve(WEIGHTS), Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(Steelyard.run(model.training("--resume")), checkpoint.resolve(WEIGHTS));
        Files.write(checkpoint.resolve(WEIGHTS), bytes);
        Files.write(checkpoint.resolve("optimizer.safetensors"), new byte[20]);
        assertRefused(Steelyard.run(model.training("--resume")), checkpoint.resolve("optimizer.safetensors"));
    }

    @Test
    void shardsThatAreMissingOrLieOutside() throws IOException {
        TinyModel model = sound.copyTo(folder);
        Path index = model.folder().resolve("model.safetensors.index.json");
        Files.writeString(index, "{\"weight_map\": {\"model.norm.weight\": \"../model.safetensors\"}}");
        assertRefused(generate(model.folder()), index, "'../model.safetensors'", "do not use this model");
        Files.writeString(index, "{\"weight_map\": {\"model.norm.weight\": \"model-00001-of-00002.safetensors\"}}");
        assertRefused(generate(model.folder()), index, "model-00001-of-00002.safetensors", "fetch it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{\"a\":1}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"model.norm.weight\":{\"dtype\":\"F32\",\"shape\":[16],\"data_offsets\":[-64,0]}}",
                "{\"model.norm.weight\":{\"dtype\":\"F32\",\"shape\":[16],\"data_offsets\":[9000000000000000000,0]}}",
                "{\"model.norm.weight\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,64]}}",
                "{\"model.norm.weight\":{\"dtype\":\"F33\",\"shape\":[16],\"data_offsets\":[0,64]}}",
                "{\"model.norm.weight\":{\"dtype\":\"F32\",\"shape\":\"x\",\"data_offsets\":{}}}"
            })
    void headersThatLie(String header) throws IOException {
        TinyModel model = sound.copyTo(folder);
        writeHeader(model, header.length(), header);
        assertRefused(generate(model.folder()), model.folder().toString());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
    void headersOfImpossibleLength(long length) throws IOException {
        TinyModel model = sound.copyTo(folder);
        writeHeader(model, length, "{}");
        assertRefused(generate(model.folder()), WEIGHTS);
    }

    private static void writeHeader(TinyModel model, long length, String header) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES + header.length() + 64).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put(header.getBytes(StandardCharsets.UTF_8));
        Files.write(model.folder().resolve(WEIGHTS), bytes.array());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void weightsThatAreNoNumbers(float value) throws IOException {
        TinyModel model = sound.copyTo(folder);
        spoil(model.folder().resolve(WEIGHTS), value);
        assertRefused(generate(model.folder()), model.folder(), "tensor model.", "NaN or infinity");
        spoil(model.checkpoint(6).resolve(WEIGHTS), value);
        assertRefused(
                Steelyard.run(model.training("--resume")), model.checkpoint(6), "tensor model.", "earlier checkpoint");
    }

    /** Puts a value in the place of the last weight. */
    private static void spoil(Path weights, float value) throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - Float.BYTES, value);
        Files.write(weights, bytes);
    }

    @Test
    void aTrainingThatDivergesKeepsTheLastCheckpoint() throws IOException {
        Object[] diverging = {"--learning-rate", "1e30", "--warm-up", 0, "--checkpoint-every", 1};
        assertRefused(pretrain(sound.text(), diverging), "step 2, batch 1;", "NaN", "Lower the learning rate");
        Path checkpoints = folder.resolve("fresh/checkpoints");
        assertThat(checkpoints.toFile().list()).containsExactly("step-000001");
        ModelLoader.load(checkpoints.resolve("step-000001")).close();
    }

    @Test
    void aLossThatIsNoNumberIsToldWithStepAndBatch() {
        assertRefused(
                pretrain(sound.text(), "--learning-rate", "1e40", "--accumulation", 2),
                "the loss is NaN at step 2, batch 2;",
                "Lower the learning rate");
        assertThat(folder.resolve("fresh/checkpoints")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--steps, 0, steps",
        "--batch, -1, batch",
        "--length, 0, length",
        "--accumulation, 0, accumulation",
        "--warm-up, 1.5, warmUp",
        "--final-factor, -0.1, finalFactor",
        "--clip, NaN, clip",
        "--checkpoint-every, 0, checkpointEvery",
        "--evaluate-every, 0, evaluateEvery",
        "--learning-rate, 0, --learning-rate",
        "--learning-rate, Infinity, --learning-rate",
        "--weight-decay, -1, --weight-decay",
        "--vocabulary, 200, at least 257",
        "--width, 0, hidden_size",
        "--width, 15, hidden_size",
        "--layers, 0, num_hidden_layers",
        "--heads, 0, num_attention_heads",
        "--threads, 0, threads",
        "--device, tpu, cpu or cuda",
        "--optimizer, adamx, ADAMW",
        "--steps, many, --steps"
    })
    void optionsOutOfRange(String name, String value, String told) {
        assertRefused(pretrain(sound.text(), name, value), told);
        assertThat(folder.resolve("fresh")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "--tokens, 0, NewTokens",
        "--temperature, -1, temperature",
        "--temperature, NaN, temperature",
        "--top-k, -1, topK",
        "--top-p, 0, topP",
        "--top-p, 1.5, topP"
    })
    void samplingOutOfRange(String name, String value, String told) {
        assertRefused(Steelyard.run("generate", sound.folder(), "x", name, value), told);
    }

    @Test
    void optionsThatAreMissingOrUnknown() {
        assertRefused(Steelyard.run("pretrain", sound.text()), "--out");
        assertRefused(Steelyard.run("pretrain", sound.text(), "--out", folder, "--stepz", 3), "--stepz", "--steps");
        assertRefused(Steelyard.run("generate", sound.folder()), "PROMPT", "--help");
    }

    @Test
    void aResumedRunKeepsTheOptionsItWasStartedWith() throws IOException {
        TinyModel model = sound.copyTo(folder);
        assertRefused(
                Steelyard.run(model.training("--resume", "--learning-rate", "0.5", "--batch", 4)),
                "--learning-rate was the default, is 0.5",
                "--batch was 2, is 4",
                "--out");
        assertRefused(
                Steelyard.run(new TinyModel(
                                Files.writeString(folder.resolve("other.txt"), Files.readString(sound.text()) + "more"),
                                model.folder())
                        .training("--resume")),
                "text",
                "differs");
    }
}
