package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher on a machine without a JDK 25: no Java on the path, none in the usual folders. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final int NO_JDK = 69;

    @TempDir
    Path machine;

    private Path tools;

    @BeforeEach
    void furnish() throws IOException {
        tools = Files.createDirectory(machine.resolve("bin"));
        for (String tool : new String[] {"bash", "cat", "dirname", "grep", "readlink"}) {
            Path place = Stream.of(System.getenv("PATH").split(":"))
                    .map(folder -> Path.of(folder, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            program(tools.resolve(tool), "exec " + place + " \"$@\"");
        }
    }

    private Steelyard.Outcome launch(Map<String, String> environment) throws IOException, InterruptedException {
        Path launcher = Path.of("").toAbsolutePath();
        while (!Files.exists(launcher.resolve("mvnw"))) {
            launcher = launcher.getParent();
        }
        ProcessBuilder builder = new ProcessBuilder(
                tools.resolve("bash").toString(), launcher.resolve("steelyard").toString(), "methods");
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("STEELYARD_JDK_ROOT", machine.toString());
        builder.environment().putAll(environment);
        return Steelyard.await(builder, machine);
    }

    private void assertExplained(Steelyard.Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(NO_JDK);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .startsWith("steelyard: no JDK 25 was found.")
                .contains("JAVA_HOME", "PATH", "/usr/lib/jvm", "apt install", "brew install", "sdk install");
        assertThat(outcome.err().lines()).hasSize(7);
    }

    @Test
    void withoutAnyJavaItSaysHowToInstallOne() throws Exception {
        assertExplained(launch(Map.of()));
        assertExplained(launch(Map.of("HOME", machine.toString(), "JAVA_HOME", "")));
    }

    @Test
    void anOlderJdkOrARuntimeWillNotDo() throws Exception {
        Path older = jdk(machine.resolve("usr/lib/jvm/older"), "21.0.4");
        Path runtime = jdk(machine.resolve("runtime"), "25.0.1");
        Files.delete(runtime.resolve("bin/javac"));
        Files.createSymbolicLink(tools.resolve("java"), runtime.resolve("bin/java"));
        assertExplained(launch(Map.of("JAVA_HOME", older.toString(), "STEELYARD_JAVA_HOME", runtime.toString())));
    }

    /** A folder that looks like a JDK; its programs would end with another code. */
    private static Path jdk(Path folder, String version) throws IOException {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        for (String program : new String[] {"java", "javac"}) {
            program(folder.resolve("bin").resolve(program), "exit 1");
        }
        return folder;
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
