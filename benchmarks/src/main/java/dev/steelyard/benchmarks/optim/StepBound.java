package dev.steelyard.benchmarks.optim;

import dev.steelyard.optim.kernel.Pass;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The memory traffic of a step and nothing else, by libtorch's vectorised loops: the gradient is read (a sum), the
 * parameter and each buffer are read and written (scaled in place). Adam has two buffers, Lion and momentum one,
 * signSGD and plain descent none.
 */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", Pass.FLAG})
public class StepBound {

    /** Close to 1, so that values stay far from zero and from infinity. */
    private static final double FACTOR = 0.999999;

    @Param("10000000")
    int count;

    @Param({"0", "1", "2"})
    int buffers;

    private final List<Tensor> updated = new ArrayList<>();
    private Tensor gradient;

    @Setup(Level.Trial)
    public void make() {
        gradient = Streams.of(count);
        for (int i = 0; i <= buffers; i++) {
            updated.add(Streams.of(count));
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        gradient.close();
        updated.forEach(Tensor::close);
    }

    @Benchmark
    public double traffic() {
        try (Scope scope = Scope.open();
                NoGrad noGrad = NoGrad.open()) {
            updated.forEach(tensor -> tensor.timesInPlace(FACTOR));
            return gradient.sum().item();
        }
    }
}
