package dev.steelyard.language.model;

import static dev.steelyard.torch.Functions.attention;
import static dev.steelyard.torch.Functions.rmsNorm;
import static dev.steelyard.torch.Functions.silu;

import dev.steelyard.torch.Tensor;
import java.util.List;
import java.util.Map;

/** One layer: attention, then the gated feed-forward network, each normalised before and added to the stream. */
final class DecoderBlock {

    /** The linear weights of a layer, by their names below {@code model.layers.N.}. */
    static final List<String> LINEAR = List.of(
            "self_attn.q_proj.weight",
            "self_attn.k_proj.weight",
            "self_attn.v_proj.weight",
            "self_attn.o_proj.weight",
            "mlp.gate_proj.weight",
            "mlp.up_proj.weight",
            "mlp.down_proj.weight");

    private final ModelConfig config;
    private final int layer;
    private final Tensor inputGain;
    private final LinearLayer query;
    private final LinearLayer key;
    private final LinearLayer value;
    private final LinearLayer output;
    private final Tensor feedForwardGain;
    private final LinearLayer gate;
    private final LinearLayer up;
    private final LinearLayer down;

    DecoderBlock(ModelConfig config, int layer, Map<String, Tensor> parameters, Map<String, LinearLayer> linear) {
        this.config = config;
        this.layer = layer;
        String prefix = prefix(layer);
        inputGain = parameters.get(prefix + "input_layernorm.weight");
        query = linear.get(prefix + "self_attn.q_proj.weight");
        key = linear.get(prefix + "self_attn.k_proj.weight");
        value = linear.get(prefix + "self_attn.v_proj.weight");
        output = linear.get(prefix + "self_attn.o_proj.weight");
        feedForwardGain = parameters.get(prefix + "post_attention_layernorm.weight");
        gate = linear.get(prefix + "mlp.gate_proj.weight");
        up = linear.get(prefix + "mlp.up_proj.weight");
        down = linear.get(prefix + "mlp.down_proj.weight");
    }

    static String prefix(int layer) {
        return "model.layers." + layer + ".";
    }

    /**
     * @param x (batch, length, hidden)
     * @param cache {@code null} when all positions are in {@code x}
     */
    Tensor forward(Tensor x, RotaryEmbedding rotary, RotaryEmbedding.Angles angles, KeyValueCache cache) {
        Tensor attended = x.plus(attend(rmsNorm(x, inputGain, config.rmsNormEpsilon()), rotary, angles, cache));
        Tensor normed = rmsNorm(attended, feedForwardGain, config.rmsNormEpsilon());
        return attended.plus(down.forward(silu(gate.forward(normed)).times(up.forward(normed))));
    }

    private Tensor attend(Tensor x, RotaryEmbedding rotary, RotaryEmbedding.Angles angles, KeyValueCache cache) {
        long batch = x.size(0);
        long length = x.size(1);
        int d = config.headDimension();
        Tensor q = rotary.rotate(query.forward(x).reshape(batch, length, config.attentionHeads(), d), angles)
                .transpose(1, 2);
        Tensor k = rotary.rotate(key.forward(x).reshape(batch, length, config.keyValueHeads(), d), angles)
                .transpose(1, 2);
        Tensor v = value.forward(x)
                .reshape(batch, length, config.keyValueHeads(), d)
                .transpose(1, 2);
        if (cache != null) {
            k = cache.keys(layer, k);
            v = cache.values(layer, v);
        }
        // One new position sees all that are held; many new ones are causal, and then the cache was empty.
        Tensor mixed = attention(q, k, v, length > 1);
        return output.forward(mixed.transpose(1, 2).reshape(batch, length, (long) config.attentionHeads() * d));
    }
}
