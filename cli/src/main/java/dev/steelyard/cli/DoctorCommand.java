package dev.steelyard.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.steelyard.core.report.Provenance;
import dev.steelyard.language.text.SentencePairs;
import dev.steelyard.language.text.TextCorpus;
import dev.steelyard.language.text.TextDataException;
import dev.steelyard.language.tokenizer.BytePairOptions;
import dev.steelyard.language.tokenizer.BytePairTrainer;
import dev.steelyard.language.tokenizer.Tokenizer;
import dev.steelyard.optim.kernel.Pass;
import dev.steelyard.torch.Functions;
import dev.steelyard.torch.Scope;
import dev.steelyard.torch.SystemLibtorch;
import dev.steelyard.torch.Tensor;
import dev.steelyard.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at the machine. */
@Command(
        name = "doctor",
        description = "Look whether everything works here: JDK, natives, threads, GPU, tokenizers, text, memory, disk.",
        footerHeading = "%nExamples:%n",
        footer = {"  steelyard doctor", "  steelyard doctor --json"})
final class DoctorCommand implements Callable<Integer> {

    private static final int NOT_WELL = 3;
    private static final int NEEDED_JAVA = 25;
    private static final int SMALLEST_VOCABULARY = 257;
    private static final double ROUNDING = 1e-12;

    /** Two checkpoints of the default model are some 100 MB. */
    private static final long NEEDED_SPACE = 1L << 28;

    /** libtorch itself takes some 300 MiB, a small model's training as much. */
    private static final long NEEDED_MEMORY = 1L << 29;

    /** One thing looked at. */
    private record Check(String name, boolean well, String finding) {}

    @Mixin
    private Common common;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        List<Check> checks = new ArrayList<>();
        checks.add(java());
        checks.add(foreignLibtorch());
        checks.add(natives());
        if (checks.getLast().well()) {
            checks.add(computing());
            checks.add(threads());
            checks.add(vectors());
            checks.add(new Check("gpu", true, Torch.cudaAvailable() ? "CUDA can be used" : "none; the CPU is used"));
        }
        checks.add(tokenizers());
        checks.add(text());
        checks.add(processor());
        checks.add(memory());
        checks.add(disk());
        print(checks);
        return checks.stream().allMatch(Check::well) ? 0 : NOT_WELL;
    }

    private static Check java() {
        Provenance provenance = Provenance.current();
        boolean well = Runtime.version().feature() >= NEEDED_JAVA;
        return new Check("java", well, provenance.jvm() + (well ? "" : "; a JDK " + NEEDED_JAVA + " is needed"));
    }

    private static Check foreignLibtorch() {
        var found = SystemLibtorch.found();
        return new Check(
                "system libtorch",
                found.isEmpty(),
                found.isEmpty()
                        ? "none in the system's folders, which is good"
                        : "found " + found + ": it would be loaded in place of ours; move these links away");
    }

    private static Check natives() {
        try {
            Torch.load();
            return new Check("libtorch", true, "loaded for " + Torch.platform());
        } catch (RuntimeException e) {
            return new Check("libtorch", false, e.getMessage());
        }
    }

    /** LAPACK comes with libtorch and is a library of its own: what it says must be right, not only be there. */
    private static Check computing() {
        try (Scope scope = Scope.open()) {
            double[] values = Functions.svd(Tensor.of(new double[][] {{0, 3}, {-4, 0}}))
                    .singularValues()
                    .toDoubles();
            boolean right = Math.abs(values[0] - 4) < ROUNDING && Math.abs(values[1] - 3) < ROUNDING;
            return new Check(
                    "linear algebra",
                    right,
                    right
                            ? "gives right singular values"
                            : "gives singular values " + Arrays.toString(values)
                                    + " where 4 and 3 are right: another LAPACK is loaded; look at LD_LIBRARY_PATH");
        } catch (RuntimeException e) {
            return new Check("linear algebra", false, e.getMessage());
        }
    }

    private static Check tokenizers() {
        String words = "a kind of";
        try (Tokenizer tokenizer = BytePairTrainer.train(List.of(words), BytePairOptions.of(SMALLEST_VOCABULARY))) {
            boolean well = tokenizer.decode(tokenizer.encode(words)).equals(words);
            return new Check("tokenizers", well, well ? "encode and decode" : "do not give a text back");
        } catch (RuntimeException | LinkageError e) {
            return new Check(
                    "tokenizers",
                    false,
                    "cannot be loaded (" + e.getMessage() + "): their native library is unpacked into the home folder,"
                            + " which must be writable");
        }
    }

    private static Check text() {
        try {
            return new Check(
                    "text",
                    true,
                    TextCorpus.wordnet().documents().size() + " glosses of WordNet, "
                            + SentencePairs.languageTool().size() + " pairs of LanguageTool");
        } catch (TextDataException e) {
            return new Check("text", false, e.getMessage());
        }
    }

    /** Where runs are kept: below the folder that the command was started in. */
    private static Check disk() {
        Path here = Path.of("").toAbsolutePath();
        try {
            long free = Files.getFileStore(here).getUsableSpace();
            boolean well = Files.isWritable(here) && free >= NEEDED_SPACE;
            return new Check(
                    "disk",
                    well,
                    here + (Files.isWritable(here) ? "" : " is not writable, name places with --out;") + " has "
                            + (free >> 20) + " MiB free" + (free >= NEEDED_SPACE ? "" : ", too few for checkpoints"));
        } catch (IOException e) {
            return new Check("disk", false, "cannot look at " + here + " (" + e.getMessage() + ")");
        }
    }

    private static Check threads() {
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = Torch.threads();
        return new Check(
                "threads",
                threads <= cores,
                threads + " within an operation, " + cores + " cores for trials side by side");
    }

    /** Steps are composed without it, which only models with many parameters and small batches feel. */
    private static Check vectors() {
        return new Check(
                "vectors",
                true,
                Pass.available()
                        ? "optimisers go through memory in vector instructions"
                        : "optimisers are composed of tensor operations; with JDK_JAVA_OPTIONS=" + Pass.FLAG
                                + " their steps take a fifth of the time");
    }

    /** The machine's, or the container's where one sets a limit. */
    private static Check memory() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long free = Math.min(availableMemory().orElse(system.getFreeMemorySize()), system.getTotalMemorySize());
        boolean well = free >= NEEDED_MEMORY;
        return new Check(
                "memory",
                well,
                (free >> 20) + " of " + (system.getTotalMemorySize() >> 20) + " MiB free"
                        + (well ? "" : ", too few for training") + "; heap up to "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MiB, tensors live outside it");
    }

    /** What Linux would give, file caches included; what the JVM calls free leaves these out. */
    private static OptionalLong availableMemory() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException | UncheckedIOException | NumberFormatException elsewhere) {
            return OptionalLong.empty();
        }
    }

    private static Check processor() {
        Provenance provenance = Provenance.current();
        return new Check("processor", true, provenance.processor() + ", " + provenance.system());
    }

    private void print(List<Check> checks) {
        output.print(
                () -> {
                    Map<String, Object> all = new LinkedHashMap<>();
                    checks.forEach(
                            check -> all.put(check.name(), Map.of("well", check.well(), "finding", check.finding())));
                    return all;
                },
                out -> checks.forEach(check ->
                        out.printf("%-5s %-16s %s%n", check.well() ? "ok" : "NO", check.name(), check.finding())));
    }
}
