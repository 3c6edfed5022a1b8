package dev.steelyard.benchmarks.optim;

import dev.steelyard.optim.kernel.AdamUpdate;
import dev.steelyard.optim.kernel.Pass;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Other ways to make AdamW's step: libtorch's fused kernel, its foreach operations and its own C++ optimiser, and tensor
 * operations called from Java one by one.
 */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", Pass.FLAG})
public class AdamPeers {

    private static final AdamUpdate UPDATE = AdamUpdate.atStep(10, 1e-3, 0.9, 0.999, 1e-8, 0, 0.01);

    @Param("10000000")
    int count;

    private Tensor parameter;
    private Tensor gradient;
    private Tensor moment1;
    private Tensor moment2;
    private AdamW libtorch;
    private LibtorchAdamW scripted;

    @Setup(Level.Trial)
    public void make() {
        parameter = Streams.of(count);
        gradient = Streams.of(count);
        moment1 = Streams.of(count);
        moment2 = Streams.of(count).square();
        org.bytedeco.pytorch.Tensor weight = torch.randn(count).set_requires_grad(true);
        weight.mutable_grad().put(torch.randn(count));
        libtorch = new AdamW(new TensorVector(weight));
        scripted = new LibtorchAdamW(count);
    }

    @Benchmark
    public void composed() {
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            UPDATE.composed(parameter, gradient, moment1, moment2);
        }
    }

    @Benchmark
    public void libtorchFused() {
        try (Scope scope = Scope.open()) {
            scripted.fused();
        }
    }

    @Benchmark
    public void libtorchForeach() {
        try (Scope scope = Scope.open()) {
            scripted.foreach();
        }
    }

    @Benchmark
    public void libtorchAdamW() {
        try (Scope scope = Scope.open()) {
            libtorch.step();
        }
    }
}
