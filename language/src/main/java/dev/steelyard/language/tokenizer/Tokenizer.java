package dev.steelyard.language.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steelyard.core.run.AtomicFiles;
import dev.steelyard.language.model.ModelConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Text to token ids and back, as a {@code tokenizer.json} says; Hugging Face's own library does the work. It copies
 * its native part once into {@code ~/.djl.ai} ({@code DJL_CACHE_DIR} names another folder) and needs no network.
 *
 * <p>Safe for use by several threads.
 */
public final class Tokenizer implements AutoCloseable {

    /** The file's name in a model's folder. */
    public static final String FILE_NAME = "tokenizer.json";

    /**
     * Files that stand beside it and say to Hugging Face's transformers what the tokenizer itself does not need. Without
     * the first, transformers takes a Llama model's tokenizer for Llama 2's and adds tokens of its own.
     */
    private static final List<String> COMPANIONS =
            List.of("tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja");

    private final byte[] json;
    private final Map<String, String> companions;
    private final String source;
    private final HuggingFaceTokenizer rust;
    private final Map<String, Integer> ids;
    private final Map<String, Integer> specialTokens;
    private final int vocabularySize;

    private Tokenizer(byte[] json, Map<String, String> companions, String source) {
        this.json = json;
        this.companions = companions;
        this.source = source;
        JsonNode root = parse(json, source);
        ids = vocabulary(root.path("model").path("vocab"));
        Map<String, Integer> special = new LinkedHashMap<>();
        for (JsonNode token : root.path("added_tokens")) {
            ids.put(token.path("content").asText(), token.path("id").asInt());
            if (token.path("special").asBoolean()) {
                special.put(token.path("content").asText(), token.path("id").asInt());
            }
        }
        if (ids.isEmpty()) {
            throw new InvalidTokenizerException(
                    source + " holds no vocabulary: give a tokenizer.json that" + " Hugging Face's tokenizers wrote");
        }
        specialTokens = Collections.unmodifiableMap(special);
        vocabularySize = ids.values().stream().mapToInt(Integer::intValue).max().orElseThrow() + 1;
        rust = open(json, source);
    }

    private static JsonNode parse(byte[] json, String source) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new InvalidTokenizerException(
                    source + ":" + e.getLocation().getLineNr() + " is not valid JSON: " + e.getOriginalMessage()
                            + ": fetch the file again",
                    e);
        } catch (IOException e) {
            throw new InvalidTokenizerException(source + " cannot be parsed: fetch the file again", e);
        }
    }

    private static Map<String, Integer> vocabulary(JsonNode vocabulary) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        if (vocabulary.isArray()) {
            // A unigram model lists pairs of a piece and its score; the place is the id.
            for (JsonNode piece : vocabulary) {
                ids.putIfAbsent(piece.path(0).asText(), ids.size());
            }
        } else {
            vocabulary
                    .properties()
                    .forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt()));
        }
        return ids;
    }

    private static HuggingFaceTokenizer open(byte[] json, String source) {
        // DJL would otherwise tell a cloud's metadata service that it runs.
        System.setProperty("OPT_OUT_TRACKING", "true");
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(json), Map.of("truncation", "false", "padding", "false"));
        } catch (IOException | RuntimeException e) {
            throw new InvalidTokenizerException(
                    source + " is refused by Hugging Face's tokenizers: " + e.getMessage() + ": fetch the file again",
                    e);
        }
    }

    /**
     * Loads a {@code tokenizer.json}, or the one of a folder. What stands beside it for Hugging Face's transformers, such
     * as {@code tokenizer_config.json}, is only kept for {@link #save}.
     *
     * @throws InvalidTokenizerException if there is none, or if it is not valid
     * @throws IOException if it cannot be read
     */
    public static Tokenizer load(Path fileOrFolder) throws IOException {
        Path file = Files.isDirectory(fileOrFolder) ? fileOrFolder.resolve(FILE_NAME) : fileOrFolder;
        try {
            return new Tokenizer(Files.readAllBytes(file), companions(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new InvalidTokenizerException(
                    file + " does not exist: save the model's tokenizer there, or train one", e);
        }
    }

    private static Map<String, String> companions(Path file) throws IOException {
        Map<String, String> companions = new LinkedHashMap<>();
        for (String name : COMPANIONS) {
            Path companion = file.resolveSibling(name);
            if (Files.isRegularFile(companion)) {
                companions.put(name, Files.readString(companion));
            }
        }
        return companions;
    }

    /**
     * Reads the text of a {@code tokenizer.json}.
     *
     * @param config the text of its {@code tokenizer_config.json}
     * @param source where it comes from, for messages
     */
    static Tokenizer parse(byte[] json, String config, Path source) {
        return new Tokenizer(json.clone(), Map.of(COMPANIONS.getFirst(), config), source.toString());
    }

    /**
     * Saves {@code tokenizer.json}, byte for byte as it was read, and what stood beside it for Hugging Face's
     * transformers, into a folder that exists.
     *
     * @throws IOException if it cannot be written; an existing file is then as it was
     */
    public void save(Path folder) throws IOException {
        try {
            companions.forEach((name, text) -> AtomicFiles.write(folder.resolve(name), text));
            AtomicFiles.write(folder.resolve(FILE_NAME), new String(json, StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The ids of a text. Special tokens written in the text are recognised; none are added around it, and nothing is
     * cut off. Half of a surrogate pair is no character, and counts as U+FFFD.
     */
    public long[] encode(String text) {
        return ids(text, false);
    }

    /** The ids of a text, with the special tokens around it that the file's post-processor asks for. */
    public long[] encodeWithSpecialTokens(String text) {
        return ids(text, true);
    }

    /** Asks for the ids alone: DJL's own encode makes an object of every token too, which takes most of its time. */
    private long[] ids(String text, boolean specialTokens) {
        long encoding = TokenizersLibrary.LIB.encode(rust.getHandle(), WellFormed.of(text), specialTokens);
        try {
            return TokenizersLibrary.LIB.getTokenIds(encoding);
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
            // What nobody can reach may be freed, even in the middle of the calls.
            Reference.reachabilityFence(rust);
        }
    }

    /** The text of these ids, special tokens included. Bytes that are no UTF-8 become U+FFFD. */
    public String decode(long... tokens) {
        return text(tokens, false);
    }

    /** The text of these ids without special tokens. */
    public String decodeWithoutSpecialTokens(long... tokens) {
        return text(tokens, true);
    }

    private String text(long[] tokens, boolean withoutSpecialTokens) {
        try {
            return rust.decode(tokens, withoutSpecialTokens);
        } finally {
            Reference.reachabilityFence(rust);
        }
    }

    /** One more than the largest id: the rows that a model's embedding needs. */
    public int vocabularySize() {
        return vocabularySize;
    }

    /** Special tokens and their ids, in the file's order. */
    public Map<String, Integer> specialTokens() {
        return specialTokens;
    }

    /** The id of a token, as it stands in the vocabulary. */
    public OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /**
     * Checks that a model knows every id of this tokenizer.
     *
     * @throws InvalidTokenizerException if the vocabulary is larger than the model's
     */
    public void requireFits(ModelConfig config) {
        if (vocabularySize > config.vocabularySize()) {
            throw new InvalidTokenizerException(source + " has " + vocabularySize + " ids, the model's vocab_size is "
                    + config.vocabularySize() + ": take the tokenizer that the model was trained with");
        }
    }

    @Override
    public void close() {
        rust.close();
    }
}
