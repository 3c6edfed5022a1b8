package dev.steelyard.cli;

import dev.steelyard.core.report.Provenance;
import dev.steelyard.torch.SystemLibtorch;
import dev.steelyard.torch.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at the machine. */
@Command(
        name = "doctor",
        description = "Look whether everything works here: JDK, natives, threads, GPU, memory.",
        footerHeading = "%nExamples:%n",
        footer = {"  steelyard doctor", "  steelyard doctor --json"})
final class DoctorCommand implements Callable<Integer> {

    private static final int NOT_WELL = 3;
    private static final int NEEDED_JAVA = 25;

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
            checks.add(threads());
            checks.add(new Check("gpu", true, Torch.cudaAvailable() ? "CUDA can be used" : "none; the CPU is used"));
        }
        checks.add(memory());
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

    private static Check threads() {
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = Torch.threads();
        return new Check(
                "threads",
                threads <= cores,
                threads + " within an operation, " + cores + " cores for trials side by side");
    }

    private static Check memory() {
        Provenance provenance = Provenance.current();
        return new Check(
                "memory",
                true,
                "heap up to " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB; tensors live outside it; "
                        + provenance.processor());
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
