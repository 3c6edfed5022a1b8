package dev.steelyard.torch;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * A libtorch tensor. Operations are named as in the field's formulas; those that end in {@code InPlace} change the
 * tensor itself and return it. A tensor is freed with the {@link Scope} it was made in; losses, layers and linear
 * algebra are in {@link Functions}.
 */
public final class Tensor implements AutoCloseable {

    /** Elements whose squares float32 sums without harm. */
    private static final long NORM_BLOCK = 1024;

    private final org.bytedeco.pytorch.Tensor held;

    Tensor(org.bytedeco.pytorch.Tensor held) {
        this.held = held;
    }

    /** libtorch's own, which must not have been freed: every use of a tensor goes through here. */
    org.bytedeco.pytorch.Tensor pointer() {
        if (held.isNull()) {
            throw new IllegalStateException(
                    "this tensor was freed: it was closed, or the scope that it was made in was;"
                            + " Scope.keep and Tensor.keepForever let it live longer");
        }
        return held;
    }

    /** Whether it was closed, or the scope that it was made in was; every use but {@link #close} fails then. */
    public boolean isFreed() {
        return held.isNull();
    }

    // ---- making ----

    /** All zeros. */
    public static Tensor zeros(DType dtype, long... shape) {
        Torch.load();
        return new Tensor(torch.zeros(shape, new TensorOptions(dtype.scalarType)));
    }

    /** All ones. */
    public static Tensor ones(DType dtype, long... shape) {
        Torch.load();
        return new Tensor(torch.ones(shape, new TensorOptions(dtype.scalarType)));
    }

    /** A copy of row-major float32 values. */
    public static Tensor of(float[] values, long... shape) {
        requireCount(values.length, shape);
        Tensor tensor = zeros(DType.FLOAT32, shape);
        tensor.data().copyFrom(MemorySegment.ofArray(values));
        return tensor;
    }

    /** A copy of row-major float64 values. */
    public static Tensor of(double[] values, long... shape) {
        requireCount(values.length, shape);
        Tensor tensor = zeros(DType.FLOAT64, shape);
        tensor.data().copyFrom(MemorySegment.ofArray(values));
        return tensor;
    }

    /** A float64 matrix of these rows. */
    public static Tensor of(double[][] rows) {
        long columns = rows.length == 0 ? 0 : rows[0].length;
        return of(Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray(), rows.length, columns);
    }

    /** A copy of row-major int64 values. */
    public static Tensor of(long[] values, long... shape) {
        requireCount(values.length, shape);
        Tensor tensor = zeros(DType.INT64, shape);
        tensor.data().copyFrom(MemorySegment.ofArray(values));
        return tensor;
    }

    private static void requireCount(long count, long[] shape) {
        long product = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (product != count) {
            throw new IllegalArgumentException(count + " values do not fill shape " + Arrays.toString(shape));
        }
    }

    // ---- looking ----

    public long[] shape() {
        return pointer().sizes().vec().get();
    }

    /** Length along a dimension; negative dimensions count from the end. */
    public long size(int dimension) {
        return pointer().size(dimension);
    }

    public int dimensions() {
        return (int) pointer().dim();
    }

    /** Number of elements. */
    public long count() {
        return pointer().numel();
    }

    public DType dtype() {
        return DType.of(pointer().scalar_type());
    }

    public boolean isCuda() {
        return pointer().is_cuda();
    }

    /** The value of a tensor of one element. */
    public double item() {
        return pointer().item_double();
    }

    /** The elements, row-major, as float64; for a tensor on any device. */
    public double[] toDoubles() {
        try (Scope scope = Scope.open()) {
            Tensor flat = detach().to("cpu").to(DType.FLOAT64).contiguous();
            return flat.data().toArray(java.lang.foreign.ValueLayout.JAVA_DOUBLE);
        }
    }

    /** The elements, row-major, as float32. */
    public float[] toFloats() {
        try (Scope scope = Scope.open()) {
            Tensor flat = detach().to("cpu").to(DType.FLOAT32).contiguous();
            return flat.data().toArray(java.lang.foreign.ValueLayout.JAVA_FLOAT);
        }
    }

    /** The elements, row-major, as int64. */
    public long[] toLongs() {
        try (Scope scope = Scope.open()) {
            Tensor flat = detach().to("cpu").to(DType.INT64).contiguous();
            return flat.data().toArray(java.lang.foreign.ValueLayout.JAVA_LONG);
        }
    }

    /**
     * The tensor's own memory, for reading and writing while the tensor lives.
     *
     * @throws IllegalStateException if the tensor is not contiguous or not in the CPU's memory
     */
    public MemorySegment data() {
        if (!pointer().is_contiguous() || pointer().is_cuda()) {
            throw new IllegalStateException(
                    "only a contiguous tensor on the CPU shows its memory; shape " + Arrays.toString(shape()));
        }
        long bytes = count() * pointer().element_size();
        return bytes == 0
                ? MemorySegment.NULL
                : MemorySegment.ofAddress(pointer().data_ptr().address()).reinterpret(bytes);
    }

    /**
     * Where the first element lies, on the tensor's device; tensors of one address share memory. 0 when there is no
     * element.
     */
    public long address() {
        return count() == 0 ? 0 : pointer().data_ptr().address();
    }

    public boolean isContiguous() {
        return pointer().is_contiguous();
    }

    /** Whether no element is NaN or infinite. */
    public boolean isFinite() {
        try (Scope scope = Scope.open()) {
            // One pass decides nearly always: the sum is finite unless an element is not, or the sum overflows.
            double sum = pointer().detach().sum().item_double();
            return Double.isFinite(sum)
                    || torch.isfinite(pointer().detach()).all().item_bool();
        }
    }

    // ---- differentiation ----

    /** The same tensor, marked as a parameter whose gradient is wanted. */
    public Tensor requiresGrad() {
        pointer().set_requires_grad(true);
        return this;
    }

    /** The same tensor, with its gradient wanted or not; a gradient that is there stays. */
    public Tensor requiresGrad(boolean wanted) {
        pointer().set_requires_grad(wanted);
        return this;
    }

    /** Whether operations on it are recorded. */
    public boolean isDifferentiable() {
        return pointer().requires_grad();
    }

    /** Adds the derivatives of this scalar to the gradients of the parameters it came from. */
    public void backward() {
        pointer().backward();
    }

    /** The gradient gathered so far, or {@code null} when there is none. */
    public Tensor grad() {
        org.bytedeco.pytorch.Tensor grad = pointer().grad();
        return grad.defined() ? new Tensor(grad) : null;
    }

    /** Replaces the gradient. */
    public void grad(Tensor gradient) {
        pointer().mutable_grad().put(gradient.pointer());
    }

    /** Forgets the gradient and frees it. */
    public void clearGrad() {
        org.bytedeco.pytorch.Tensor grad = pointer().mutable_grad();
        if (grad.defined()) {
            grad.reset();
        }
    }

    /** The same memory outside differentiation. */
    public Tensor detach() {
        return new Tensor(pointer().detach());
    }

    // ---- arithmetic ----

    public Tensor plus(Tensor other) {
        return new Tensor(pointer().add(other.pointer()));
    }

    public Tensor plus(double number) {
        return new Tensor(pointer().add(new Scalar(number)));
    }

    public Tensor minus(Tensor other) {
        return new Tensor(pointer().sub(other.pointer()));
    }

    public Tensor minus(double number) {
        return new Tensor(pointer().sub(new Scalar(number)));
    }

    public Tensor times(Tensor other) {
        return new Tensor(pointer().mul(other.pointer()));
    }

    public Tensor times(double number) {
        return new Tensor(pointer().mul(new Scalar(number)));
    }

    public Tensor over(Tensor other) {
        return new Tensor(pointer().div(other.pointer()));
    }

    public Tensor over(double number) {
        return new Tensor(pointer().div(new Scalar(number)));
    }

    public Tensor negative() {
        return new Tensor(pointer().neg());
    }

    public Tensor abs() {
        return new Tensor(pointer().abs());
    }

    public Tensor sign() {
        return new Tensor(pointer().sign());
    }

    public Tensor sqrt() {
        return new Tensor(pointer().sqrt());
    }

    public Tensor square() {
        return new Tensor(pointer().square());
    }

    public Tensor power(double exponent) {
        return new Tensor(pointer().pow(new Scalar(exponent)));
    }

    public Tensor exp() {
        return new Tensor(pointer().exp());
    }

    public Tensor log() {
        return new Tensor(pointer().log());
    }

    public Tensor tanh() {
        return new Tensor(pointer().tanh());
    }

    public Tensor sigmoid() {
        return new Tensor(pointer().sigmoid());
    }

    public Tensor clamp(double lowest, double highest) {
        return new Tensor(
                pointer().clamp(new ScalarOptional(new Scalar(lowest)), new ScalarOptional(new Scalar(highest))));
    }

    public Tensor clampMin(double lowest) {
        return new Tensor(pointer().clamp_min(new Scalar(lowest)));
    }

    /** Matrix product over the last two dimensions; leading ones are broadcast. */
    public Tensor matmul(Tensor other) {
        return new Tensor(pointer().matmul(other.pointer()));
    }

    // ---- comparing: BOOL tensors ----

    public Tensor greaterThan(double number) {
        return new Tensor(pointer().gt(new Scalar(number)));
    }

    public Tensor lessThan(double number) {
        return new Tensor(pointer().lt(new Scalar(number)));
    }

    public Tensor equalTo(Tensor other) {
        return new Tensor(pointer().eq(other.pointer()));
    }

    // ---- reducing ----

    public Tensor sum() {
        return new Tensor(pointer().sum());
    }

    public Tensor sum(int dimension, boolean keepDimension) {
        return new Tensor(
                pointer().sum(new long[] {dimension}, keepDimension, new org.bytedeco.pytorch.ScalarTypeOptional()));
    }

    public Tensor mean() {
        return new Tensor(pointer().mean());
    }

    public Tensor mean(int dimension, boolean keepDimension) {
        return new Tensor(
                pointer().mean(new long[] {dimension}, keepDimension, new org.bytedeco.pytorch.ScalarTypeOptional()));
    }

    /** Largest element. */
    public Tensor max() {
        return new Tensor(pointer().max());
    }

    /**
     * Euclidean norm of all elements. Large tensors are summed block by block: in one go libtorch's sum in float32 is off
     * by some hundredths for tens of millions of elements.
     */
    public Tensor norm() {
        long blocks = count() / NORM_BLOCK;
        if (blocks < 2) {
            return new Tensor(pointer().norm());
        }
        try (Scope scope = Scope.open()) {
            Tensor flat = reshape(-1);
            long inBlocks = blocks * NORM_BLOCK;
            Tensor rows = flat.narrow(0, 0, inBlocks).reshape(blocks, NORM_BLOCK);
            Tensor norms =
                    new Tensor(torch.norm(rows.pointer(), new ScalarOptional(new Scalar(2)), new long[] {1}, false));
            Tensor rest = flat.narrow(0, inBlocks, count() - inBlocks).norm().reshape(1);
            return scope.keep(Functions.concatenate(List.of(norms, rest), 0).norm());
        }
    }

    /** Position of the largest element along the last dimension. */
    public Tensor argmax() {
        return new Tensor(pointer().argmax(new org.bytedeco.pytorch.LongOptional(-1), false));
    }

    // ---- shaping ----

    public Tensor reshape(long... shape) {
        return new Tensor(pointer().reshape(shape));
    }

    public Tensor transpose(int first, int second) {
        return new Tensor(pointer().transpose(first, second));
    }

    /** Transpose of a matrix. */
    public Tensor t() {
        return new Tensor(pointer().t());
    }

    /** The {@code length} entries from {@code start} along a dimension, as a view. */
    public Tensor narrow(int dimension, long start, long length) {
        return new Tensor(pointer().narrow(dimension, start, length));
    }

    /** One entry along a dimension, as a view without that dimension. */
    public Tensor select(int dimension, long index) {
        return new Tensor(pointer().select(dimension, index));
    }

    /** The entries at {@code indices} (INT64) along a dimension, as a copy. */
    public Tensor indexSelect(int dimension, Tensor indices) {
        return new Tensor(pointer().index_select(dimension, indices.pointer()));
    }

    /** The entries named by {@code indices} (INT64) along a dimension; one for each element of {@code indices}. */
    public Tensor gather(int dimension, Tensor indices) {
        return new Tensor(pointer().gather(dimension, indices.pointer()));
    }

    public Tensor unsqueeze(int dimension) {
        return new Tensor(pointer().unsqueeze(dimension));
    }

    public Tensor squeeze(int dimension) {
        return new Tensor(pointer().squeeze((long) dimension));
    }

    /** Repeats dimensions of length 1 without copying; -1 keeps a length. */
    public Tensor expand(long... shape) {
        return new Tensor(pointer().expand(shape));
    }

    public Tensor contiguous() {
        return new Tensor(pointer().contiguous());
    }

    public Tensor copy() {
        return new Tensor(pointer().clone());
    }

    public Tensor to(DType dtype) {
        return new Tensor(pointer().to(dtype.scalarType));
    }

    /** The tensor on a device, {@code cpu} or {@code cuda}. */
    public Tensor to(String device) {
        if (device.equals("cpu") && !pointer().is_cuda()) {
            return this;
        }
        return new Tensor(
                pointer().to(new org.bytedeco.pytorch.Device(device), pointer().scalar_type()));
    }

    // ---- in place ----

    public Tensor addInPlace(Tensor other) {
        pointer().add_(other.pointer());
        return this;
    }

    /** {@code this + factor * other}. */
    public Tensor addInPlace(Tensor other, double factor) {
        pointer().add_(other.pointer(), new Scalar(factor));
        return this;
    }

    public Tensor addInPlace(double number) {
        pointer().add_(new Scalar(number));
        return this;
    }

    public Tensor timesInPlace(double number) {
        pointer().mul_(new Scalar(number));
        return this;
    }

    public Tensor timesInPlace(Tensor other) {
        pointer().mul_(other.pointer());
        return this;
    }

    /** {@code this + factor * first * second}. */
    public Tensor addProductInPlace(Tensor first, Tensor second, double factor) {
        pointer().addcmul_(first.pointer(), second.pointer(), new Scalar(factor));
        return this;
    }

    /** {@code this + factor * numerator / denominator}. */
    public Tensor addQuotientInPlace(Tensor numerator, Tensor denominator, double factor) {
        pointer().addcdiv_(numerator.pointer(), denominator.pointer(), new Scalar(factor));
        return this;
    }

    /** {@code this + weight * (end - this)}. */
    public Tensor lerpInPlace(Tensor end, double weight) {
        pointer().lerp_(end.pointer(), new Scalar(weight));
        return this;
    }

    public Tensor sqrtInPlace() {
        pointer().sqrt_();
        return this;
    }

    public Tensor fillInPlace(double number) {
        pointer().fill_(new Scalar(number));
        return this;
    }

    /** Takes the other tensor's values, converted and broadcast. */
    public Tensor copyInPlace(Tensor source) {
        pointer().copy_(source.pointer());
        return this;
    }

    /** Adds {@code source}'s slices at {@code indices} (INT64) along a dimension. */
    public Tensor indexAddInPlace(int dimension, Tensor indices, Tensor source) {
        pointer().index_add_(dimension, indices.pointer(), source.pointer());
        return this;
    }

    /** Replaces the slices at {@code indices} (INT64) along a dimension. */
    public Tensor indexCopyInPlace(int dimension, Tensor indices, Tensor source) {
        pointer().index_copy_(dimension, indices.pointer(), source.pointer());
        return this;
    }

    /** Sets the elements where {@code mask} (BOOL) is true. */
    public Tensor maskedFillInPlace(Tensor mask, double number) {
        pointer().masked_fill_(mask.pointer(), new Scalar(number));
        return this;
    }

    /** Takes the tensor out of all scopes; whoever asked for that closes it. */
    public Tensor keepForever() {
        // Scopes only let go of their own hold when they close.
        pointer().retainReference();
        return this;
    }

    /** Frees the tensor now, if it was not freed before. Other views of the same memory stay valid. */
    @Override
    public void close() {
        held.close();
    }

    @Override
    public String toString() {
        return isFreed() ? "Tensor(freed)" : "Tensor(" + dtype() + ", " + Arrays.toString(shape()) + ")";
    }
}
