package dev.steelyard.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.optim.AdamW;
import dev.steelyard.optim.AdamWOptions;
import dev.steelyard.optim.Lion;
import dev.steelyard.optim.LionOptions;
import dev.steelyard.optim.Sgd;
import dev.steelyard.optim.SgdOptions;
import dev.steelyard.optim.SignSgd;
import dev.steelyard.optim.SignSgdOptions;
import dev.steelyard.optim.adamp.AdamP;
import dev.steelyard.optim.adamp.AdamPOptions;
import dev.steelyard.optim.adamp.SgdP;
import dev.steelyard.optim.adamp.SgdPOptions;
import dev.steelyard.optim.frugal.Frugal;
import dev.steelyard.optim.frugal.FrugalOptions;
import dev.steelyard.optim.frugal.Subspace;
import dev.steelyard.optim.lionk.GroupL2;
import dev.steelyard.optim.lionk.LInfinity;
import dev.steelyard.optim.lionk.LionK;
import dev.steelyard.optim.lionk.LionKOptions;
import dev.steelyard.optim.lionk.Lp;
import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.Torch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What holds for the passes of all optimisers. */
class PassTest {

    /** Every optimiser whose step is a pass. */
    private static Map<String, Function<Map<String, Tensor>, Optimizer>> optimizers() {
        Map<String, Function<Map<String, Tensor>, Optimizer>> all = new LinkedHashMap<>();
        all.put("sgd", weights -> new Sgd(weights, new SgdOptions(0.01, 0.9, 0, false, 0)));
        all.put("adamw", weights -> new AdamW(weights, AdamWOptions.defaults()));
        all.put("lion", weights -> new Lion(weights, LionOptions.defaults()));
        all.put("signsgd", weights -> new SignSgd(weights, SignSgdOptions.defaults()));
        all.put("adamp", weights -> new AdamP(weights, AdamPOptions.defaults()));
        all.put("sgdp", weights -> new SgdP(weights, SgdPOptions.of(0.01)));
        all.put("lion-k rows", weights -> LionK.of(weights, LionKOptions.of(new GroupL2(), 0.01, 0.1)));
        all.put("lion-k 1.5", weights -> LionK.of(weights, LionKOptions.of(new Lp(1.5), 0.01, 0.1)));
        all.put("lion-k largest", weights -> LionK.of(weights, LionKOptions.of(new LInfinity(), 0.01, 0.1)));
        FrugalOptions columns = FrugalOptions.defaults().withSubspace(new Subspace.Columns());
        all.put("frugal columns", weights -> new Frugal(weights, columns));
        return all;
    }

    /** Weights after three steps. */
    private static double[] after(Function<Map<String, Tensor>, Optimizer> maker, long... shape) {
        try (Scope scope = Scope.open()) {
            Tensor weight = random(0, shape).requiresGrad();
            try (Optimizer optimizer = maker.apply(Map.of("w", weight))) {
                for (int step = 1; step <= 3; step++) {
                    weight.grad(random(step, shape));
                    optimizer.step();
                }
                return weight.toDoubles();
            }
        }
    }

    private static Tensor random(long seed, long... shape) {
        return Functions.normal(Seeds.root(seed).generator("z"), 0, 1, shape);
    }

    @Test
    void threadsChangeNothing() {
        // Large enough for three threads, with an end that fills no vector.
        long[] shape = {1003, 801};
        optimizers().forEach((name, maker) -> {
            double[] alone = after(maker, shape);
            Torch.threads(3);
            try {
                assertThat(after(maker, shape)).as(name).isEqualTo(alone);
            } finally {
                Torch.threads(Torch.DEFAULT_THREADS);
            }
        });
    }

    @Test
    void aJvmWithoutVectorsComposesTheSameSteps() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutVectors.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        child.getInputStream().transferTo(said);
        assertThat(child.waitFor()).isZero();
        Map<String, double[]> steps = WithoutVectors.read(said.toString(StandardCharsets.UTF_8));
        assertThat(steps.keySet()).isEqualTo(optimizers().keySet());
        assertThat(Pass.available()).isTrue();
        optimizers().forEach((name, maker) -> assertThat(after(maker, WithoutVectors.SHAPE))
                .as(name)
                .containsExactly(steps.get(name), within(3e-6)));
    }

    /** The program of a JVM that was started without {@link Pass#FLAG}. */
    static final class WithoutVectors {

        private static final long[] SHAPE = {9, 35};

        private WithoutVectors() {}

        /** Prints the weights by optimiser. */
        public static void main(String... arguments) {
            if (Pass.available()) {
                throw new IllegalStateException("the Vector API is here");
            }
            optimizers().forEach((name, maker) -> {
                StringBuilder line = new StringBuilder(name);
                for (double value : after(maker, SHAPE)) {
                    line.append('\t').append(value);
                }
                System.out.println(line);
            });
        }

        private static Map<String, double[]> read(String lines) {
            Map<String, double[]> steps = new LinkedHashMap<>();
            lines.lines().map(line -> line.split("\t")).forEach(fields -> {
                double[] values = new double[fields.length - 1];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Double.parseDouble(fields[i + 1]);
                }
                steps.put(fields[0], values);
            });
            return steps;
        }
    }
}
