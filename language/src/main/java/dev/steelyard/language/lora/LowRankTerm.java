package dev.steelyard.language.lora;

import static dev.steelyard.torch.Functions.linear;
import static dev.steelyard.torch.Functions.normal;
import static dev.steelyard.torch.Functions.uniform;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.language.model.LinearTerm;
import dev.steelyard.torch.DType;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/** The adapter of one layer: {@code scale B A dropout(x)}; A (rank, in) and B (out, rank), float32, outside all scopes. */
final class LowRankTerm implements LinearTerm, AutoCloseable {

    private static final long EVALUATION = -1;

    private final LoraOptions options;
    private final Tensor a;
    private final Tensor b;
    private final Seeds seeds;
    private long batch = EVALUATION;
    private long calls;

    private LowRankTerm(LoraOptions options, Tensor a, Tensor b, Seeds seeds) {
        this.options = options;
        this.a = a.keepForever().requiresGrad();
        this.b = b.keepForever().requiresGrad();
        this.seeds = seeds;
    }

    static LowRankTerm fresh(LoraOptions options, long in, long out, Seeds seeds) {
        try (Scope scope = Scope.open()) {
            RandomGenerator random = seeds.generator("initial");
            double bound = 1 / Math.sqrt(in);
            Tensor a =
                    switch (options.initialisation()) {
                        case KAIMING -> uniform(random, -bound, bound, options.rank(), in);
                        case GAUSSIAN -> normal(random, 0, 1.0 / options.rank(), options.rank(), in);
                    };
            return new LowRankTerm(options, a, Tensor.zeros(DType.FLOAT32, out, options.rank()), seeds);
        }
    }

    /** Of copies of the tensors. */
    static LowRankTerm of(LoraOptions options, Tensor a, Tensor b, Seeds seeds) {
        try (Scope scope = Scope.open()) {
            return new LowRankTerm(options, a.copy(), b.copy(), seeds);
        }
    }

    Tensor a() {
        return a;
    }

    Tensor b() {
        return b;
    }

    void beginBatch(long number) {
        batch = number;
        calls = 0;
    }

    void beginEvaluation() {
        batch = EVALUATION;
    }

    @Override
    public Tensor of(Tensor input) {
        Tensor x = input.dtype() == DType.FLOAT32 ? input : input.to(DType.FLOAT32);
        if (options.dropout() > 0 && batch != EVALUATION) {
            x = x.times(mask(x.shape()));
        }
        return linear(linear(x, a), b).times(options.scale());
    }

    /** Zero where dropped, and elsewhere what keeps the mean; the same for the same batch and call. */
    private Tensor mask(long[] shape) {
        RandomGenerator random = seeds.child("dropout", batch).generator("call", calls++);
        Tensor mask = Tensor.zeros(DType.FLOAT32, shape);
        float[] values = new float[Math.toIntExact(mask.count())];
        float kept = (float) (1 / (1 - options.dropout()));
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() < options.dropout() ? 0 : kept;
        }
        mask.data().copyFrom(MemorySegment.ofArray(values));
        return mask;
    }

    /** Adds {@code factor scale B A} to a weight (out, in) of any floating type, rounding once. */
    void addTo(Tensor weight, double factor) {
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            Tensor update = b.matmul(a).times(factor * options.scale());
            // Sums of two types are of the wider one.
            weight.copyInPlace(weight.plus(update));
        }
    }

    @Override
    public void close() {
        a.close();
        b.close();
    }
}
