package dev.steelyard.language.model;

import java.util.HashMap;
import java.util.Map;

/** The same model in loops over doubles, one position and one head at a time, for one sequence. */
final class ReferenceModel {

    private final ModelConfig config;
    final Map<String, double[]> weights = new HashMap<>();

    ReferenceModel(CausalLanguageModel model) {
        config = model.config();
        model.parameters().forEach((name, tensor) -> weights.put(name, tensor.toDoubles()));
    }

    /** Logits [position][token]. */
    double[][] logits(long[] ids) {
        int n = ids.length;
        int hidden = config.hiddenSize();
        double[][] x = new double[n][hidden];
        for (int t = 0; t < n; t++) {
            System.arraycopy(weights.get("model.embed_tokens.weight"), (int) ids[t] * hidden, x[t], 0, hidden);
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            String prefix = "model.layers." + layer + ".";
            double[][] q = new double[n][];
            double[][] k = new double[n][];
            double[][] v = new double[n][];
            for (int t = 0; t < n; t++) {
                double[] normed = norm(x[t], weights.get(prefix + "input_layernorm.weight"));
                q[t] = rotated(times(weights.get(prefix + "self_attn.q_proj.weight"), normed), t);
                k[t] = rotated(times(weights.get(prefix + "self_attn.k_proj.weight"), normed), t);
                v[t] = times(weights.get(prefix + "self_attn.v_proj.weight"), normed);
            }
            for (int t = 0; t < n; t++) {
                add(x[t], times(weights.get(prefix + "self_attn.o_proj.weight"), attend(q[t], k, v, t)));
                double[] normed = norm(x[t], weights.get(prefix + "post_attention_layernorm.weight"));
                double[] gate = times(weights.get(prefix + "mlp.gate_proj.weight"), normed);
                double[] up = times(weights.get(prefix + "mlp.up_proj.weight"), normed);
                for (int i = 0; i < gate.length; i++) {
                    gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
                }
                add(x[t], times(weights.get(prefix + "mlp.down_proj.weight"), gate));
            }
        }
        double[] head = weights.get(config.tieWordEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight");
        double[][] logits = new double[n][];
        for (int t = 0; t < n; t++) {
            logits[t] = times(head, norm(x[t], weights.get("model.norm.weight")));
        }
        return logits;
    }

    /** Mean negative log-likelihood of the targets. */
    double loss(long[] inputs, long[] targets) {
        double[][] logits = logits(inputs);
        double sum = 0;
        for (int t = 0; t < inputs.length; t++) {
            sum -= logProbability(logits[t], (int) targets[t]);
        }
        return sum / inputs.length;
    }

    static double logProbability(double[] logits, int token) {
        double total = 0;
        for (double logit : logits) {
            total += Math.exp(logit);
        }
        return logits[token] - Math.log(total);
    }

    private double[] attend(double[] query, double[][] keys, double[][] values, int position) {
        int d = config.headDimension();
        int group = config.attentionHeads() / config.keyValueHeads();
        double[] mixed = new double[query.length];
        for (int head = 0; head < config.attentionHeads(); head++) {
            int shared = head / group;
            double[] weight = new double[position + 1];
            double total = 0;
            for (int s = 0; s <= position; s++) {
                double score = 0;
                for (int i = 0; i < d; i++) {
                    score += query[head * d + i] * keys[s][shared * d + i];
                }
                weight[s] = Math.exp(score / Math.sqrt(d));
                total += weight[s];
            }
            for (int s = 0; s <= position; s++) {
                for (int i = 0; i < d; i++) {
                    mixed[head * d + i] += weight[s] / total * values[s][shared * d + i];
                }
            }
        }
        return mixed;
    }

    private double[] rotated(double[] heads, int position) {
        int d = config.headDimension();
        double[] turned = new double[heads.length];
        for (int head = 0; head < heads.length / d; head++) {
            for (int i = 0; i < d / 2; i++) {
                double angle = position / Math.pow(config.ropeTheta(), 2.0 * i / d);
                double a = heads[head * d + i];
                double b = heads[head * d + i + d / 2];
                turned[head * d + i] = a * Math.cos(angle) - b * Math.sin(angle);
                turned[head * d + i + d / 2] = b * Math.cos(angle) + a * Math.sin(angle);
            }
        }
        return turned;
    }

    private double[] norm(double[] x, double[] gain) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares / x.length + config.rmsNormEpsilon());
        double[] normed = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            normed[i] = x[i] * scale * gain[i];
        }
        return normed;
    }

    private static double[] times(double[] matrix, double[] x) {
        double[] product = new double[matrix.length / x.length];
        for (int row = 0; row < product.length; row++) {
            for (int i = 0; i < x.length; i++) {
                product[row] += matrix[row * x.length + i] * x[i];
            }
        }
        return product;
    }

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }
}
