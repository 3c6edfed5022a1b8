package dev.steelyard.core.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a result came from.
 *
 * @param version Steelyard's version
 * @param commit the source's commit, {@code unknown} outside a checkout
 * @param jvm name and version of the JVM
 * @param system operating system
 * @param processor processor model
 * @param cores cores the JVM may use
 * @param started when the program started, ISO 8601 in UTC
 */
public record Provenance(
        String version, String commit, String jvm, String system, String processor, int cores, String started) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String UNKNOWN = "unknown";

    /** That of the running program. */
    public static Provenance current() {
        String packaged = Provenance.class.getPackage().getImplementationVersion();
        return new Provenance(
                Optional.ofNullable(packaged).orElse("development"),
                System.getProperty("steelyard.commit", UNKNOWN),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                processorModel(),
                Runtime.getRuntime().availableProcessors(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String processorModel() {
        if (!Files.isReadable(CPU_INFO)) {
            return UNKNOWN;
        }
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException | java.io.UncheckedIOException e) {
            return UNKNOWN;
        }
    }
}
