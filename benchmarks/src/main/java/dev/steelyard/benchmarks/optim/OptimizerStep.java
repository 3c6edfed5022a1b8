package dev.steelyard.benchmarks.optim;

import dev.steelyard.optim.Adam;
import dev.steelyard.optim.AdamOptions;
import dev.steelyard.optim.AdamW;
import dev.steelyard.optim.AdamWOptions;
import dev.steelyard.optim.Lion;
import dev.steelyard.optim.LionOptions;
import dev.steelyard.optim.Sgd;
import dev.steelyard.optim.SgdOptions;
import dev.steelyard.optim.SignSgd;
import dev.steelyard.optim.SignSgdOptions;
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
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class OptimizerStep {

    @Param("10000000")
    int count;

    @Param({"sgd", "momentum", "signsgd", "lion", "adam", "adamw"})
    String optimizer;

    private Optimizer made;

    @Setup(Level.Trial)
    public void make() {
        Tensor parameter = Streams.of(count).requiresGrad();
        parameter.grad(Streams.of(count));
        Map<String, Tensor> parameters = Map.of("weight", parameter);
        made = switch (optimizer) {
            case "sgd" -> new Sgd(parameters, SgdOptions.defaults());
            case "momentum" -> new Sgd(parameters, new SgdOptions(1e-3, 0.9, 0, false, 0));
            case "signsgd" -> new SignSgd(parameters, SignSgdOptions.defaults());
            case "lion" -> new Lion(parameters, LionOptions.defaults());
            case "adam" -> new Adam(parameters, AdamOptions.defaults());
            case "adamw" -> new AdamW(parameters, AdamWOptions.defaults());
            default -> throw new IllegalArgumentException("no optimiser is called " + optimizer);
        };
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
