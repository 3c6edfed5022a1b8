package dev.steelyard.language.text;

import dev.steelyard.torch.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Documents as one stream of tokens, each document followed by end-of-text, cut into blocks of equal length without
 * padding. Block {@code b} has the inputs {@code tokens[bL .. bL+L-1]} and the targets {@code tokens[bL+1 .. bL+L]}; the
 * tokens after the last whole block are not used.
 */
public final class PackedTokens {

    private final int[] tokens;

    private PackedTokens(int[] tokens) {
        this.tokens = tokens;
    }

    /**
     * Encodes and joins the documents of a corpus.
     *
     * @param endOfText the token after each document, at least 0
     * @throws TextDataException if the encoder gives a negative token; the message names the document
     */
    public static PackedTokens of(TextCorpus corpus, TokenEncoder encoder, int endOfText) {
        if (endOfText < 0) {
            throw new IllegalArgumentException("endOfText must be at least 0, was " + endOfText);
        }
        int[] joined = new int[1024];
        int count = 0;
        for (Document document : corpus.documents()) {
            int[] encoded = encoder.encode(document.text());
            if (Arrays.stream(encoded).anyMatch(token -> token < 0)) {
                throw new TextDataException("the encoder gave a negative token for document '" + document.name() + "'");
            }
            int needed = Math.addExact(count, encoded.length + 1);
            if (needed > joined.length) {
                joined = Arrays.copyOf(joined, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * needed));
            }
            System.arraycopy(encoded, 0, joined, count, encoded.length);
            count = needed;
            joined[count - 1] = endOfText;
        }
        return new PackedTokens(Arrays.copyOf(joined, count));
    }

    /** A stream that is packed already; the tokens are copied. */
    public static PackedTokens of(int[] tokens) {
        return new PackedTokens(tokens.clone());
    }

    /** Number of tokens, end-of-text included. */
    public int count() {
        return tokens.length;
    }

    /** Largest token; a model's vocabulary must be larger. */
    public int largest() {
        return Arrays.stream(tokens).max().orElse(-1);
    }

    /**
     * Number of whole blocks.
     *
     * @param length tokens in a block, at least 1
     * @throws TextDataException if there is none
     */
    public int blocks(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("a block's length must be at least 1, was " + length);
        }
        int blocks = (tokens.length - 1) / length;
        if (blocks < 1) {
            throw new TextDataException("the text is too short: its " + tokens.length
                    + " tokens do not fill one block of " + length
                    + " and the token after it; give more text or shorter blocks");
        }
        return blocks;
    }

    /**
     * Blocks as tensors.
     *
     * @param number of the batch, for messages
     * @param blocks numbers of the blocks, one for each row
     */
    Batch batch(long number, int[] blocks, int length) {
        long[] inputs = new long[blocks.length * length];
        long[] targets = new long[inputs.length];
        for (int row = 0; row < blocks.length; row++) {
            int start = blocks[row] * length;
            for (int i = 0; i < length; i++) {
                inputs[row * length + i] = tokens[start + i];
                targets[row * length + i] = tokens[start + i + 1];
            }
        }
        return new Batch(number, Tensor.of(inputs, blocks.length, length), Tensor.of(targets, blocks.length, length));
    }

    /** SHA-256 of the stream, in hexadecimal: two streams with one fingerprint are the same data. */
    public String fingerprint() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
            for (int token : tokens) {
                if (buffer.remaining() < Integer.BYTES) {
                    sha256.update(buffer.flip());
                    buffer.clear();
                }
                buffer.putInt(token);
            }
            sha256.update(buffer.flip());
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * What a training step reads.
     *
     * @param number of the batch, from 0
     * @param inputs (batch, length), INT64
     * @param targets (batch, length), INT64: the token after each input
     */
    public record Batch(long number, Tensor inputs, Tensor targets) {}
}
