package dev.steelyard.torch;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Operations on several tensors, as statics to import: {@code softmax(scores)}, {@code crossEntropy(logits, labels)}. */
public final class Functions {

    private Functions() {}

    /**
     * Independent normal numbers from a generator of Java's, so that they do not depend on libtorch's state.
     *
     * @return float32, of the shape asked
     */
    public static Tensor normal(RandomGenerator random, double mean, double standardDeviation, long... shape) {
        Tensor tensor = Tensor.zeros(DType.FLOAT32, shape);
        float[] values = new float[Math.toIntExact(tensor.count())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian(mean, standardDeviation);
        }
        tensor.data().copyFrom(java.lang.foreign.MemorySegment.ofArray(values));
        return tensor;
    }

    /** Independent uniform numbers in {@code [low, high)}, float32. */
    public static Tensor uniform(RandomGenerator random, double low, double high, long... shape) {
        Tensor tensor = Tensor.zeros(DType.FLOAT32, shape);
        float[] values = new float[Math.toIntExact(tensor.count())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(low, high);
        }
        tensor.data().copyFrom(java.lang.foreign.MemorySegment.ofArray(values));
        return tensor;
    }

    /** {@code x W^T}; {@code x} of shape (..., in), {@code weight} of shape (out, in). */
    public static Tensor linear(Tensor x, Tensor weight) {
        return new Tensor(torch.linear(x.pointer(), weight.pointer()));
    }

    /** {@code x W^T + b}; {@code bias} of shape (out). */
    public static Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        return new Tensor(torch.linear(x.pointer(), weight.pointer(), new TensorOptional(bias.pointer())));
    }

    /** Rows of {@code weight} (rows, dim) at {@code indices} (INT64, any shape). */
    public static Tensor embedding(Tensor weight, Tensor indices) {
        return new Tensor(torch.embedding(weight.pointer(), indices.pointer()));
    }

    public static Tensor relu(Tensor x) {
        return new Tensor(torch.relu(x.pointer()));
    }

    /** {@code x * sigmoid(x)}. */
    public static Tensor silu(Tensor x) {
        return new Tensor(torch.silu(x.pointer()));
    }

    /** Softmax over the last dimension. */
    public static Tensor softmax(Tensor x) {
        return new Tensor(x.pointer().softmax(-1));
    }

    /** Logarithm of the softmax over the last dimension. */
    public static Tensor logSoftmax(Tensor x) {
        return new Tensor(x.pointer().log_softmax(-1));
    }

    /** {@code log sigmoid(x)}, without overflow. */
    public static Tensor logSigmoid(Tensor x) {
        return new Tensor(torch.log_sigmoid(x.pointer()));
    }

    /** Mean negative log-likelihood in nats; {@code logits} (n, classes), {@code labels} (n) INT64. */
    public static Tensor crossEntropy(Tensor logits, Tensor labels) {
        return new Tensor(torch.cross_entropy_loss(logits.pointer(), labels.pointer()));
    }

    /** {@code x / sqrt(mean(x^2) + eps) * gain} over the last dimension. */
    public static Tensor rmsNorm(Tensor x, Tensor gain, double eps) {
        return new Tensor(
                torch.rms_norm(x.pointer(), gain.shape(), new TensorOptional(gain.pointer()), new DoubleOptional(eps)));
    }

    /**
     * Batch normalisation with statistics of the batch; {@code x} (n, features). The running statistics move by
     * {@code momentum} in training and are used otherwise.
     */
    public static Tensor batchNorm(
            Tensor x,
            Tensor gain,
            Tensor bias,
            Tensor runningMean,
            Tensor runningVariance,
            boolean training,
            double momentum,
            double eps) {
        return new Tensor(torch.batch_norm(
                x.pointer(),
                new TensorOptional(gain.pointer()),
                new TensorOptional(bias.pointer()),
                new TensorOptional(runningMean.pointer()),
                new TensorOptional(runningVariance.pointer()),
                training,
                momentum,
                eps,
                false));
    }

    /**
     * Attention {@code softmax(q k^T / sqrt(d)) v}.
     *
     * @param query (batch, heads, length, d)
     * @param key (batch, key-value heads, keys, d); with fewer heads than the query, groups of heads share them
     * @param value as the key
     * @param causal whether a position sees only itself and earlier ones; needs as many keys as queries
     */
    public static Tensor attention(Tensor query, Tensor key, Tensor value, boolean causal) {
        boolean grouped = query.size(1) != key.size(1);
        return new Tensor(torch.scaled_dot_product_attention(
                query.pointer(),
                key.pointer(),
                value.pointer(),
                new TensorOptional(),
                0.0,
                causal,
                new DoubleOptional(),
                grouped));
    }

    /** Joins tensors along a dimension. */
    public static Tensor concatenate(List<Tensor> tensors, int dimension) {
        return new Tensor(torch.cat(vector(tensors), dimension));
    }

    /** Stacks tensors of one shape along a new first dimension. */
    public static Tensor stack(List<Tensor> tensors) {
        return new Tensor(torch.stack(vector(tensors)));
    }

    /** {@code mask ? yes : no}, element by element. */
    public static Tensor where(Tensor mask, Tensor yes, Tensor no) {
        return new Tensor(torch.where(mask.pointer(), yes.pointer(), no.pointer()));
    }

    /** The thin singular value decomposition {@code U diag(S) V^T} of a matrix. */
    public static Svd svd(Tensor matrix) {
        var parts = torch.linalg_svd(matrix.pointer(), false, new org.bytedeco.pytorch.StringViewOptional());
        return new Svd(own(parts.get0()), own(parts.get1()), own(parts.get2()));
    }

    /**
     * A thin singular value decomposition.
     *
     * @param u (rows, k), orthonormal columns
     * @param singularValues (k), in falling order
     * @param vTransposed (k, columns), orthonormal rows
     */
    public record Svd(Tensor u, Tensor singularValues, Tensor vTransposed) {}

    /** The orthonormal factor (rows, k) of the reduced QR decomposition of a matrix. */
    public static Tensor orthonormalColumns(Tensor matrix) {
        return own(torch.linalg_qr(matrix.pointer()).get0());
    }

    /** Derivatives of a scalar by {@code inputs}; with {@code createGraph} they can be differentiated again. */
    public static List<Tensor> gradients(Tensor scalar, List<Tensor> inputs, boolean createGraph) {
        TensorVector result = torch.grad(
                vector(List.of(scalar)),
                vector(inputs),
                new TensorVector(),
                new org.bytedeco.pytorch.BoolOptional(true),
                createGraph,
                false);
        return java.util.stream.LongStream.range(0, result.size())
                .mapToObj(i -> own(result.get(i)))
                .toList();
    }

    /** A hold of its own on a tensor that stands inside a tuple or list of libtorch's, which dies before it. */
    private static Tensor own(org.bytedeco.pytorch.Tensor inside) {
        return new Tensor(new org.bytedeco.pytorch.Tensor(inside));
    }

    private static TensorVector vector(List<Tensor> tensors) {
        return new TensorVector(
                tensors.stream().map(tensor -> tensor.pointer()).toArray(org.bytedeco.pytorch.Tensor[]::new));
    }
}
