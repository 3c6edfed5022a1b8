package dev.steelyard.benchmarks.optim;

import dev.steelyard.optim.kernel.OnePass;
import dev.steelyard.optim.kernel.Pass;
import dev.steelyard.torch.NoGrad;
import dev.steelyard.torch.Optimizer;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Prints what a step of every optimiser costs against the time that its memory traffic takes alone and against the same
 * step composed of tensor operations. What is compared is run in turns, so that a busy machine slows all of it alike;
 * ratios are of minima, and the range holds four fifths of the ratios of single turns.
 *
 * <pre>java --enable-native-access=ALL-UNNAMED --add-modules=jdk.incubator.vector -cp benchmarks.jar \
 *     dev.steelyard.benchmarks.optim.StepRatios [name ...]</pre>
 */
public final class StepRatios {

    private static final int COUNT = 10_000_000;
    private static final int WARM_UP = 12;
    private static final int TURNS = 30;

    private StepRatios() {}

    /** Measures the optimisers of these names, or all, and libtorch's own AdamW. */
    public static void main(String... names) {
        if (!Pass.available()) {
            throw new IllegalStateException("start the JVM with " + Pass.FLAG + ": without it there are no passes");
        }
        System.out.printf(
                "%d float32 parameters, %s threads for tensor operations, %d turns%n%n",
                COUNT, System.getenv().getOrDefault("OMP_NUM_THREADS", "all"), TURNS);
        System.out.printf(
                "%-18s %8s %8s %22s %9s %22s%n", "step", "ms", "bound", "step / bound", "composed", "composed / step");
        List<String> chosen =
                names.length > 0 ? List.of(names) : List.copyOf(Contenders.all().keySet());
        chosen.forEach(StepRatios::measure);
        if (chosen.contains("adamw")) {
            peers();
        }
    }

    private static void measure(String name) {
        Contenders.Contender contender = Contenders.of(name);
        try (Scope scope = Scope.open();
                Traffic traffic = new Traffic(contender.reads(), contender.writes())) {
            Tensor weight = weight();
            try (Optimizer optimizer = contender.maker().apply(Map.of("weight", weight))) {
                Map<String, double[]> times = turns(Map.of(
                        "bound",
                        traffic::run,
                        "step",
                        optimizer::step,
                        "composed",
                        () -> OnePass.composed(optimizer::step)));
                System.out.printf(
                        "%-18s %8s %8s %22s %9s %22s%n",
                        name,
                        decimals(min(times.get("step"))),
                        decimals(min(times.get("bound"))),
                        ratio(times.get("step"), times.get("bound")),
                        decimals(min(times.get("composed"))),
                        ratio(times.get("composed"), times.get("step")));
            }
        }
    }

    private static void peers() {
        try (Scope scope = Scope.open()) {
            LibtorchAdamW libtorch = new LibtorchAdamW(COUNT);
            org.bytedeco.pytorch.Tensor own = torch.randn(COUNT).set_requires_grad(true);
            own.mutable_grad().put(torch.randn(COUNT));
            try (Optimizer ours = Contenders.of("adamw").maker().apply(Map.of("weight", weight()));
                    AdamW theirs = new AdamW(new TensorVector(own))) {
                Map<String, Runnable> contenders = new LinkedHashMap<>();
                contenders.put("step", ours::step);
                contenders.put("fused", libtorch::fused);
                contenders.put("foreach", libtorch::foreach);
                contenders.put("C++ AdamW", theirs::step);
                Map<String, double[]> times = turns(contenders);
                System.out.printf("%n%-18s %8s %22s%n", "libtorch's AdamW", "ms", "to our adamw");
                times.forEach((name, time) -> {
                    if (!name.equals("step")) {
                        System.out.printf(
                                "%-18s %8s %22s%n", name, decimals(min(time)), ratio(time, times.get("step")));
                    }
                });
            }
        }
    }

    private static Tensor weight() {
        Tensor weight = Streams.of(COUNT)
                .reshape(Contenders.ROWS, COUNT / Contenders.ROWS)
                .requiresGrad();
        weight.grad(Streams.of(COUNT).reshape(Contenders.ROWS, COUNT / Contenders.ROWS));
        return weight;
    }

    /** Milliseconds of each in every turn. */
    private static Map<String, double[]> turns(Map<String, Runnable> contenders) {
        Map<String, double[]> times = new LinkedHashMap<>();
        contenders.keySet().forEach(name -> times.put(name, new double[TURNS]));
        for (int turn = -WARM_UP; turn < TURNS; turn++) {
            for (Map.Entry<String, Runnable> contender : contenders.entrySet()) {
                try (Scope scope = Scope.open()) {
                    long start = System.nanoTime();
                    contender.getValue().run();
                    if (turn >= 0) {
                        times.get(contender.getKey())[turn] = (System.nanoTime() - start) / 1e6;
                    }
                }
            }
        }
        return times;
    }

    private static double min(double[] times) {
        return Arrays.stream(times).min().orElseThrow();
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String ratio(double[] above, double[] below) {
        double[] ratios = IntStream.range(0, above.length)
                .mapToDouble(i -> above[i] / below[i])
                .sorted()
                .toArray();
        return decimals(min(above) / min(below)) + " (" + decimals(ratios[ratios.length / 10]) + " to "
                + decimals(ratios[ratios.length - 1 - ratios.length / 10]) + ")";
    }

    /** Reads and writes of a step and nothing else, by libtorch's vectorised loops. */
    private static final class Traffic implements AutoCloseable {

        /** Close to 1, so that values stay far from zero and from infinity. */
        private static final double FACTOR = 0.999999;

        private final List<Tensor> updated = new ArrayList<>();
        private final List<Tensor> read = new ArrayList<>();

        Traffic(double reads, double writes) {
            parts(writes, updated);
            parts(reads - writes, read);
        }

        private static void parts(double size, List<Tensor> into) {
            for (double left = size; left > 0; left -= 1) {
                into.add(Streams.of((int) (COUNT * Math.min(1, left))).keepForever());
            }
        }

        void run() {
            try (NoGrad noGrad = NoGrad.open()) {
                updated.forEach(tensor -> tensor.timesInPlace(FACTOR));
                read.forEach(tensor -> tensor.sum().item());
            }
        }

        @Override
        public void close() {
            updated.forEach(Tensor::close);
            read.forEach(Tensor::close);
        }
    }
}
