package dev.steelyard.language.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The shape of a Llama model, as in Hugging Face's {@code config.json}. Defaults in {@link #read} are those of
 * {@code LlamaConfig}.
 *
 * @param vocabularySize {@code vocab_size}: rows of the embedding
 * @param hiddenSize {@code hidden_size}: width of the residual stream
 * @param intermediateSize {@code intermediate_size}: width inside the feed-forward network
 * @param layers {@code num_hidden_layers}
 * @param attentionHeads {@code num_attention_heads}: heads of the query
 * @param keyValueHeads {@code num_key_value_heads}: heads of key and value; divides {@code attentionHeads}
 * @param headDimension {@code head_dim}: width of one head, even; {@code hiddenSize / attentionHeads} where absent
 * @param maxPositions {@code max_position_embeddings}: longest sequence, in tokens
 * @param ropeTheta {@code rope_theta}: base of the rotary frequencies
 * @param ropeScaling {@code rope_scaling}: how these frequencies are lowered for long texts; not by default
 * @param rmsNormEpsilon {@code rms_norm_eps}
 * @param tieWordEmbeddings {@code tie_word_embeddings}: whether the head is the embedding's matrix
 * @param beginToken {@code bos_token_id}
 * @param endTokens {@code eos_token_id}: any of them ends a text
 * @param dtype {@code torch_dtype}: the type the weights were stored in; computing is in float32
 * @param other all other keys, kept as they were
 */
@RecordBuilder
public record ModelConfig(
        int vocabularySize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int attentionHeads,
        int keyValueHeads,
        int headDimension,
        int maxPositions,
        double ropeTheta,
        RopeScaling ropeScaling,
        double rmsNormEpsilon,
        boolean tieWordEmbeddings,
        OptionalInt beginToken,
        List<Integer> endTokens,
        String dtype,
        Map<String, JsonNode> other)
        implements ModelConfigBuilder.With {

    /** {@code rope_theta} of Llama 1 and 2, and of {@code LlamaConfig}. */
    public static final double DEFAULT_ROPE_THETA = 10_000;

    /** {@code rms_norm_eps} of {@code LlamaConfig}. */
    public static final double DEFAULT_RMS_NORM_EPSILON = 1e-6;

    /** {@code max_position_embeddings} of {@code LlamaConfig}. */
    public static final int DEFAULT_MAX_POSITIONS = 2048;

    /** The widths of feed-forward networks are rounded up to this, as Llama's own are. */
    private static final int INTERMEDIATE_MULTIPLE = 32;

    public ModelConfig {
        endTokens = List.copyOf(endTokens);
        other = Map.copyOf(other);
        Objects.requireNonNull(ropeScaling, "ropeScaling");
        requirePositive("vocab_size", vocabularySize);
        requirePositive("hidden_size", hiddenSize);
        requirePositive("intermediate_size", intermediateSize);
        requirePositive("num_hidden_layers", layers);
        requirePositive("num_attention_heads", attentionHeads);
        requirePositive("num_key_value_heads", keyValueHeads);
        requirePositive("head_dim", headDimension);
        requirePositive("max_position_embeddings", maxPositions);
        if (attentionHeads % keyValueHeads != 0) {
            throw new IllegalArgumentException("num_attention_heads " + attentionHeads
                    + " is not a multiple of num_key_value_heads " + keyValueHeads
                    + ": choose a divisor, for instance " + attentionHeads);
        }
        if (headDimension % 2 != 0) {
            throw new IllegalArgumentException("head_dim must be even, since rotary embedding turns pairs; was "
                    + headDimension + ": choose another hidden_size or num_attention_heads");
        }
        if (!(ropeTheta > 0) || Double.isInfinite(ropeTheta)) {
            throw new IllegalArgumentException("rope_theta must be positive and finite, was " + ropeTheta);
        }
        if (!(rmsNormEpsilon >= 0) || Double.isInfinite(rmsNormEpsilon)) {
            throw new IllegalArgumentException("rms_norm_eps must be finite and at least 0, was " + rmsNormEpsilon);
        }
        beginToken.ifPresent(id -> requireToken("bos_token_id", id, vocabularySize));
        for (int id : endTokens) {
            requireToken("eos_token_id", id, vocabularySize);
        }
    }

    private static void requirePositive(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1, was " + value);
        }
    }

    private static void requireToken(String key, int id, int vocabularySize) {
        if (id < 0 || id >= vocabularySize) {
            throw new IllegalArgumentException(key + " " + id + " is outside the vocabulary, 0 to "
                    + (vocabularySize - 1) + ": give an id of the tokenizer, or raise vocab_size");
        }
    }

    /**
     * A model with tied embeddings, as many key-value heads as heads, and a feed-forward width of 8/3 of the hidden one
     * (Touvron et al. 2023, LLaMA), rounded up.
     *
     * @throws IllegalArgumentException if {@code heads} does not divide {@code hiddenSize}
     */
    public static ModelConfig of(int vocabularySize, int hiddenSize, int layers, int heads, int maxPositions) {
        requirePositive("num_attention_heads", heads);
        if (hiddenSize % heads != 0) {
            throw new IllegalArgumentException("hidden_size " + hiddenSize + " is not a multiple of"
                    + " num_attention_heads " + heads + ": choose a divisor, or give head_dim");
        }
        int width = Math.ceilDiv(8 * hiddenSize, 3);
        return new ModelConfig(
                vocabularySize,
                hiddenSize,
                Math.ceilDiv(width, INTERMEDIATE_MULTIPLE) * INTERMEDIATE_MULTIPLE,
                layers,
                heads,
                heads,
                hiddenSize / heads,
                maxPositions,
                DEFAULT_ROPE_THETA,
                new RopeScaling.None(),
                DEFAULT_RMS_NORM_EPSILON,
                true,
                OptionalInt.empty(),
                List.of(),
                "float32",
                Map.of());
    }

    /** Number of weights. */
    public long parameterCount() {
        long queryWidth = (long) attentionHeads * headDimension;
        long keyWidth = (long) keyValueHeads * headDimension;
        long block = 2L * hiddenSize * (queryWidth + keyWidth) + 3L * hiddenSize * intermediateSize + 2L * hiddenSize;
        long embedding = (long) vocabularySize * hiddenSize;
        return layers * block + hiddenSize + (tieWordEmbeddings ? 1 : 2) * embedding;
    }

    /**
     * Reads a {@code config.json}.
     *
     * @throws InvalidModelException if the file is no valid JSON or asks for what is not built; the message names the
     *     file, the key and the remedy
     * @throws IOException if the file cannot be read
     */
    public static ModelConfig read(Path file) throws IOException {
        return new ConfigReader(file).read();
    }

    /**
     * Writes a {@code config.json} that Hugging Face reads; an existing file is replaced in one move.
     *
     * @throws IOException if the file cannot be written; an existing file is then as it was
     */
    public void write(Path file) throws IOException {
        ConfigWriter.write(this, file);
    }
}
