package dev.steelyard.benchmarks.optim;

import dev.steelyard.optim.kernel.Pass;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.Map;
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
 * One step of each optimiser over one float32 parameter, on one thread, check of the gradient included. Compare with
 * {@link StepBound} of as many buffers, and with {@link AdamPeers}.
 */
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", Pass.FLAG})
public class OptimizerStep {

    @Param("10000000")
    int count;

    @Param({
        "sgd",
        "signsgd",
        "momentum",
        "lion",
        "adam",
        "adamw",
        "adamp",
        "sgdp",
        "lion-k l1",
        "lion-k huber",
        "lion-k dead zone",
        "lion-k smooth",
        "lion-k l2",
        "lion-k rows",
        "lion-k lp 1.5",
        "lion-k bfloat16",
        "frugal columns",
        "frugal rows",
        "frugal entries",
        "frugal none"
    })
    String optimizer;

    private Optimizer made;

    @Setup(Level.Trial)
    public void make() {
        long[] shape = {Contenders.ROWS, count / Contenders.ROWS};
        Tensor parameter = Streams.of(count).reshape(shape).requiresGrad();
        parameter.grad(Streams.of(count).reshape(shape));
        made = Contenders.of(optimizer).maker().apply(Map.of("weight", parameter));
    }

    @TearDown(Level.Trial)
    public void close() {
        made.close();
    }

    @Benchmark
    public void step() {
        try (Scope scope = Scope.open()) {
            made.step();
        }
    }
}
