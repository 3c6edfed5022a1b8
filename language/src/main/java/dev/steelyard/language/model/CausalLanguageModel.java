package dev.steelyard.language.model;

import static dev.steelyard.torch.Functions.crossEntropy;
import static dev.steelyard.torch.Functions.embedding;
import static dev.steelyard.torch.Functions.linear;
import static dev.steelyard.torch.Functions.logSoftmax;
import static dev.steelyard.torch.Functions.normal;
import static dev.steelyard.torch.Functions.rmsNorm;

import dev.steelyard.torch.DType;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.safetensors.SafetensorsException;
import dev.steelyard.torch.safetensors.SafetensorsFolderWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A decoder-only causal language model of the Llama family (Touvron et al. 2023): RMSNorm before each part, rotary
 * position embedding, grouped-query attention, SwiGLU, a head that is tied to the embedding or its own. It computes in
 * the type of its weights, float32 unless it was loaded in another; parameters bear Hugging Face's names.
 *
 * <pre>{@code
 * try (CausalLanguageModel model = CausalLanguageModel.initialise(ModelConfig.of(1024, 128, 4, 4, 256), random)) {
 *     try (Scope scope = Scope.open()) {
 *         model.loss(inputs, targets).backward();
 *     }
 * }
 * }</pre>
 *
 * The parameters live outside all scopes, until the model is closed. Several threads may compute at once as long as
 * none changes the parameters.
 */
// The type says that the order of the parameters is fixed.
@SuppressWarnings("NonApiType")
public final class CausalLanguageModel implements TrainableModel, AutoCloseable {

    /** Standard deviation of fresh weights: {@code initializer_range} of {@code LlamaConfig}. */
    public static final double INITIAL_STANDARD_DEVIATION = 0.02;

    static final String EMBEDDING = "model.embed_tokens.weight";
    static final String HEAD = "lm_head.weight";
    private static final String FINAL_GAIN = "model.norm.weight";

    private final ModelConfig config;
    private final LinkedHashMap<String, Tensor> parameters;
    private final Map<String, LinearLayer> linearLayers = new LinkedHashMap<>();
    private final List<DecoderBlock> blocks = new ArrayList<>();
    private final RotaryEmbedding rotary;

    /** Takes the parameters over: each of the shape that {@link #shapes} says, kept outside scopes. */
    CausalLanguageModel(ModelConfig config, LinkedHashMap<String, Tensor> parameters) {
        this.config = config;
        this.parameters = parameters;
        projectable().forEach(name -> linearLayers.put(name, new LinearLayer(parameters.get(name))));
        for (int layer = 0; layer < config.layers(); layer++) {
            blocks.add(new DecoderBlock(config, layer, parameters, linearLayers));
        }
        rotary = new RotaryEmbedding(
                config.headDimension(), config.ropeTheta(), config.ropeScaling(), config.maxPositions());
    }

    /** The shapes of all parameters by name, in the order of the computation. */
    static LinkedHashMap<String, long[]> shapes(ModelConfig config) {
        long hidden = config.hiddenSize();
        long inner = config.intermediateSize();
        long queryWidth = (long) config.attentionHeads() * config.headDimension();
        long keyWidth = (long) config.keyValueHeads() * config.headDimension();
        LinkedHashMap<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(EMBEDDING, new long[] {config.vocabularySize(), hidden});
        for (int layer = 0; layer < config.layers(); layer++) {
            String prefix = DecoderBlock.prefix(layer);
            shapes.put(prefix + "input_layernorm.weight", new long[] {hidden});
            shapes.put(prefix + "self_attn.q_proj.weight", new long[] {queryWidth, hidden});
            shapes.put(prefix + "self_attn.k_proj.weight", new long[] {keyWidth, hidden});
            shapes.put(prefix + "self_attn.v_proj.weight", new long[] {keyWidth, hidden});
            shapes.put(prefix + "self_attn.o_proj.weight", new long[] {hidden, queryWidth});
            shapes.put(prefix + "post_attention_layernorm.weight", new long[] {hidden});
            shapes.put(prefix + "mlp.gate_proj.weight", new long[] {inner, hidden});
            shapes.put(prefix + "mlp.up_proj.weight", new long[] {inner, hidden});
            shapes.put(prefix + "mlp.down_proj.weight", new long[] {hidden, inner});
        }
        shapes.put(FINAL_GAIN, new long[] {hidden});
        if (!config.tieWordEmbeddings()) {
            shapes.put(HEAD, new long[] {config.vocabularySize(), hidden});
        }
        return shapes;
    }

    /** A fresh model: matrices normal with deviation {@value #INITIAL_STANDARD_DEVIATION}, gains one. */
    public static CausalLanguageModel initialise(ModelConfig config, RandomGenerator random) {
        LinkedHashMap<String, Tensor> parameters = new LinkedHashMap<>();
        shapes(config).forEach((name, shape) -> {
            Tensor tensor = shape.length == 1
                    ? Tensor.ones(DType.FLOAT32, shape)
                    : normal(random, 0, INITIAL_STANDARD_DEVIATION, shape);
            parameters.put(name, tensor.keepForever().requiresGrad());
        });
        return new CausalLanguageModel(config, parameters);
    }

    /**
     * Loads {@code config.json} and the safetensors of a Hugging Face folder, in one file or in shards; weights of any
     * floating type become float32.
     *
     * @throws InvalidModelException if the configuration is not supported, or a tensor is missing, unknown or of
     *     another shape; the message names it
     * @throws SafetensorsException if a file breaks the format, a shard is missing, or a tensor is not of a floating
     *     type; the message names file and tensor
     * @throws IOException if a file cannot be read
     */
    public static CausalLanguageModel load(Path folder) throws IOException {
        return load(folder, DType.FLOAT32);
    }

    /**
     * Loads a Hugging Face folder, and computes in {@code type}: with {@link DType#BFLOAT16} a checkpoint of that type
     * keeps its bits and needs half of the memory. Small updates are lost in the types of 16 bits: they are for
     * inference, and for bases that are frozen.
     *
     * @param type floating; weights of another are rounded to it
     * @throws InvalidModelException as {@link #load(Path)}
     * @throws SafetensorsException as {@link #load(Path)}
     * @throws IOException if a file cannot be read
     */
    public static CausalLanguageModel load(Path folder, DType type) throws IOException {
        return ModelFolder.load(folder, type);
    }

    /**
     * Saves {@code config.json} and the parameters, in their type, into a folder that Hugging Face reads: in shards
     * where they are more than {@link SafetensorsFolderWriter#SHARD_BYTES}. The tokenizer is saved by itself.
     *
     * @throws IOException if a file cannot be written; the weights that were there before are then as they were
     */
    @Override
    public void save(Path folder) throws IOException {
        save(folder, SafetensorsFolderWriter.SHARD_BYTES);
    }

    /**
     * Saves as {@link #save(Path)} does, with shards of another size.
     *
     * @param shardBytes bytes of tensors that a file may hold, above 0
     * @throws IOException as {@link #save(Path)}
     */
    public void save(Path folder, long shardBytes) throws IOException {
        ModelFolder.save(this, folder, shardBytes);
    }

    /** The type of the weights, in which the model computes. */
    public DType type() {
        return parameters.get(EMBEDDING).dtype();
    }

    public ModelConfig config() {
        return config;
    }

    /** All parameters by name, in the order of the computation; a tied head does not appear. A copy of the map. */
    @Override
    public LinkedHashMap<String, Tensor> parameters() {
        return new LinkedHashMap<>(parameters);
    }

    /**
     * Names of the matrices inside the blocks: those that low-rank and blockwise methods project. Embedding, head and
     * gains are not among them.
     */
    @Override
    public List<String> projectable() {
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (String name : DecoderBlock.LINEAR) {
                names.add(DecoderBlock.prefix(layer) + name);
            }
        }
        return names;
    }

    /**
     * Adds a term to the output of a linear layer inside the blocks, until it is {@linkplain #release released}.
     *
     * @param weight one of {@link #projectable}
     * @throws IllegalArgumentException if there is no such layer
     * @throws IllegalStateException if the layer has a term already
     */
    public void adapt(String weight, LinearTerm term) {
        if (linearLayer(weight).term() != null) {
            throw new IllegalStateException("layer " + weight + " has an adapter already: merge or close that one");
        }
        linearLayer(weight).term(term);
    }

    /**
     * Takes away the term of a linear layer, if it has one.
     *
     * @throws IllegalArgumentException if there is no such layer
     */
    public void release(String weight) {
        linearLayer(weight).term(null);
    }

    private LinearLayer linearLayer(String weight) {
        LinearLayer layer = linearLayers.get(weight);
        if (layer == null) {
            throw new IllegalArgumentException(
                    "there is no linear layer " + weight + " in the blocks; there are " + linearLayers.keySet());
        }
        return layer;
    }

    /**
     * Logits of the next token at every position.
     *
     * @param ids INT64 (batch, length), each in {@code [0, vocabulary)}
     * @return (batch, length, vocabulary)
     * @throws IllegalArgumentException if {@code ids} is not of two dimensions or longer than the model's positions
     */
    public Tensor logits(Tensor ids) {
        return head(hidden(ids, null));
    }

    /**
     * The stream after the last normalisation: what the head reads.
     *
     * @param ids INT64 (batch, length)
     * @return (batch, length, hidden)
     */
    public Tensor hiddenStates(Tensor ids) {
        return hidden(ids, null);
    }

    /**
     * Logits after the last of these tokens, which follow those that the cache holds; the cache then holds them too.
     *
     * @param ids INT64 (batch, length); of length 1 when the cache is not empty
     * @return (batch, vocabulary)
     * @throws IllegalArgumentException if the cache has no room, or if several tokens follow a cache that is not empty
     */
    public Tensor nextLogits(Tensor ids, KeyValueCache cache) {
        if (cache.length() > 0 && ids.size(-1) != 1) {
            throw new IllegalArgumentException("a cache that holds " + cache.length()
                    + " positions takes one token at a time, got " + ids.size(-1));
        }
        cache.requireRoom(ids.size(0), ids.size(-1));
        Tensor hidden = hidden(ids, cache);
        cache.advance(ids.size(-1));
        return head(hidden.select(1, ids.size(-1) - 1));
    }

    /**
     * An empty cache for {@link #nextLogits}.
     *
     * @param capacity positions that fit, at most the model's
     */
    public KeyValueCache cache(long batch, int capacity) {
        if (batch < 1 || capacity < 1 || capacity > config.maxPositions()) {
            throw new IllegalArgumentException("a cache needs a batch of at least 1, was " + batch
                    + ", and a capacity of 1 to " + config.maxPositions() + " positions, was " + capacity);
        }
        return new KeyValueCache(config, type(), batch, capacity);
    }

    /**
     * Mean negative log-likelihood of the targets.
     *
     * @param inputs INT64 (batch, length)
     * @param targets INT64 (batch, length): the token after each input
     * @return a scalar, in nats a token
     */
    @Override
    public Tensor loss(Tensor inputs, Tensor targets) {
        return crossEntropy(widened(logits(inputs)).reshape(-1, config.vocabularySize()), targets.reshape(-1));
    }

    /**
     * The logarithm of the probability of each token but the first, given those before it.
     *
     * @param ids INT64 (batch, length), length at least 2
     * @return (batch, length - 1), in nats
     */
    public Tensor tokenLogProbabilities(Tensor ids) {
        requireIds(ids, 0);
        long length = ids.size(1);
        if (length < 2) {
            throw new IllegalArgumentException(
                    "tokens have probabilities from the second on; the length was " + length);
        }
        Tensor logProbabilities = logSoftmax(widened(logits(ids.narrow(1, 0, length - 1))));
        return logProbabilities
                .gather(-1, ids.narrow(1, 1, length - 1).unsqueeze(-1))
                .squeeze(-1);
    }

    private Tensor hidden(Tensor ids, KeyValueCache cache) {
        int start = cache == null ? 0 : cache.length();
        requireIds(ids, start);
        try (Scope scope = Scope.open()) {
            RotaryEmbedding.Angles angles = rotary.angles(start, ids.size(1));
            Tensor x = embedding(parameters.get(EMBEDDING), ids);
            for (DecoderBlock block : blocks) {
                x = block.forward(x, rotary, angles, cache);
            }
            return scope.keep(rmsNorm(x, parameters.get(FINAL_GAIN), config.rmsNormEpsilon()));
        }
    }

    /** A sum over a vocabulary needs more than the 8 bits of bfloat16's mantissa. */
    private static Tensor widened(Tensor logits) {
        return logits.dtype() == DType.BFLOAT16 || logits.dtype() == DType.FLOAT16 ? logits.to(DType.FLOAT32) : logits;
    }

    private Tensor head(Tensor hidden) {
        return linear(hidden, parameters.get(config.tieWordEmbeddings() ? EMBEDDING : HEAD));
    }

    private void requireIds(Tensor ids, int start) {
        if (ids.dimensions() != 2 || ids.dtype() != DType.INT64) {
            throw new IllegalArgumentException("token ids must be INT64 of shape (batch, length), were " + ids);
        }
        if (start + ids.size(1) > config.maxPositions()) {
            throw new IllegalArgumentException(start + ids.size(1) + " tokens are more than the model's "
                    + config.maxPositions() + " positions (max_position_embeddings): shorten the text");
        }
    }

    /** Frees the parameters. */
    @Override
    public void close() {
        parameters.values().forEach(Tensor::close);
        rotary.close();
    }
}
