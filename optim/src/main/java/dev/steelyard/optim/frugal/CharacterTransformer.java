package dev.steelyard.optim.frugal;

import static dev.steelyard.torch.Functions.attention;
import static dev.steelyard.torch.Functions.crossEntropy;
import static dev.steelyard.torch.Functions.embedding;
import static dev.steelyard.torch.Functions.linear;
import static dev.steelyard.torch.Functions.normal;
import static dev.steelyard.torch.Functions.rmsNorm;
import static dev.steelyard.torch.Functions.silu;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The small decoder of FRUGAL's study: width 64, two blocks of four heads, a gated feed-forward network of width 128,
 * RMS normalisation, learned positions, context 32, an untied head and no biases; 86,976 parameters.
 */
final class CharacterTransformer {

    /** Longest sequence. */
    static final int CONTEXT = 32;

    private static final int WIDTH = 64;
    private static final int INNER = 128;
    private static final int BLOCKS = 2;
    private static final int HEADS = 4;
    private static final double EPS = 1e-6;
    private static final double INITIAL_DEVIATION = 0.02;

    private final Map<String, Tensor> projectable = new LinkedHashMap<>();
    private final Map<String, Tensor> regular = new LinkedHashMap<>();

    CharacterTransformer(RandomGenerator random) {
        regular.put("embedding", matrix(random, CharacterLanguage.TOKENS, WIDTH));
        regular.put("positions", matrix(random, CONTEXT, WIDTH));
        for (int block = 0; block < BLOCKS; block++) {
            String at = block + ".";
            regular.put(at + "attention-norm", gain());
            for (String name : new String[] {"query", "key", "value", "out"}) {
                projectable.put(at + name, matrix(random, WIDTH, WIDTH));
            }
            regular.put(at + "feed-forward-norm", gain());
            projectable.put(at + "gate", matrix(random, INNER, WIDTH));
            projectable.put(at + "up", matrix(random, INNER, WIDTH));
            projectable.put(at + "down", matrix(random, WIDTH, INNER));
        }
        regular.put("norm", gain());
        regular.put("head", matrix(random, CharacterLanguage.TOKENS, WIDTH));
    }

    private static Tensor matrix(RandomGenerator random, int rows, int columns) {
        return normal(random, 0, INITIAL_DEVIATION, rows, columns).keepForever().requiresGrad();
    }

    private static Tensor gain() {
        return Tensor.ones(DType.FLOAT32, WIDTH).keepForever().requiresGrad();
    }

    /** The linear weights inside the blocks, in the model's order: 14 matrices, 81,920 numbers. */
    Map<String, Tensor> projectable() {
        return projectable;
    }

    /** Embedding, positions, norms and head. */
    Map<String, Tensor> regular() {
        return regular;
    }

    /** Mean cross-entropy in nats a character; {@code inputs} and {@code targets} (batch, length) INT64. */
    Tensor loss(Tensor inputs, Tensor targets) {
        long length = inputs.size(1);
        Tensor x = embedding(regular.get("embedding"), inputs)
                .plus(regular.get("positions").narrow(0, 0, length));
        for (int block = 0; block < BLOCKS; block++) {
            String at = block + ".";
            x = x.plus(attend(rmsNorm(x, regular.get(at + "attention-norm"), EPS), at));
            Tensor h = rmsNorm(x, regular.get(at + "feed-forward-norm"), EPS);
            Tensor gated = silu(linear(h, projectable.get(at + "gate"))).times(linear(h, projectable.get(at + "up")));
            x = x.plus(linear(gated, projectable.get(at + "down")));
        }
        Tensor logits = linear(rmsNorm(x, regular.get("norm"), EPS), regular.get("head"));
        return crossEntropy(logits.reshape(-1, CharacterLanguage.TOKENS), targets.reshape(-1));
    }

    private Tensor attend(Tensor x, String at) {
        Tensor mixed = attention(
                heads(linear(x, projectable.get(at + "query"))),
                heads(linear(x, projectable.get(at + "key"))),
                heads(linear(x, projectable.get(at + "value"))),
                true);
        Tensor joined = mixed.transpose(1, 2).reshape(x.size(0), x.size(1), WIDTH);
        return linear(joined, projectable.get(at + "out"));
    }

    private static Tensor heads(Tensor x) {
        return x.reshape(x.size(0), x.size(1), HEADS, WIDTH / HEADS).transpose(1, 2);
    }

    void close() {
        projectable.values().forEach(Tensor::close);
        regular.values().forEach(Tensor::close);
    }
}
