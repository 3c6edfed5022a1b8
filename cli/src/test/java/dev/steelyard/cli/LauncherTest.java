package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher: without a JDK 25 on the path or in the usual folders, and with a build and a Java that are not real. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final int NO_JDK = 69;
    private static final int BUILD_FAILED = 70;

    @TempDir
    Path machine;

    private Path tools;

    @BeforeEach
    void furnish() throws IOException {
        tools = Files.createDirectory(machine.resolve("bin"));
        for (String tool : new String[] {"bash", "cat", "dirname", "grep", "readlink"}) {
            tool(tool);
        }
    }

    private void tool(String name) throws IOException {
        Path place = Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
        program(tools.resolve(name), "exec " + place + " \"$@\"");
    }

    private static Path checkout() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private Steelyard.Outcome launch(Map<String, String> environment) throws IOException, InterruptedException {
        return launch(checkout(), environment);
    }

    private Steelyard.Outcome launchScript(Path launcher, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(tools.resolve("bash").toString(), launcher.toString(), "methods");
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

    /** A copy of the launcher whose Maven writes what a build leaves, and whose Java tells how it was called. */
    private Path furnished(Path home) throws IOException {
        for (String tool : new String[] {"find", "head", "ls", "mkdir", "rm", "tail"}) {
            tool(tool);
        }
        Path jdk = jdk(machine.resolve("usr/lib/jvm/jdk"), "25.0.1");
        program(jdk.resolve("bin/java"), "echo \"locale $LC_ALL$LC_CTYPE, arguments $*\"");
        Files.createDirectories(home.resolve("cli/src/main"));
        Files.copy(checkout().resolve("steelyard"), home.resolve("steelyard"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Files.writeString(home.resolve("cli/pom.xml"), "<project/>");
        program(
                home.resolve("mvnw"),
                "echo built >> builds; : > repository.jar; : > cli/target/steelyard-cli-1.jar;"
                        + " printf %s \"$PWD/repository.jar\" > cli/target/dependencies.txt");
        return home;
    }

    private Steelyard.Outcome launch(Path home, Map<String, String> environment)
            throws IOException, InterruptedException {
        return launchScript(home.resolve("steelyard"), environment);
    }

    @Test
    void itBuildsOnFirstUseAndWhenAJarIsGoneInAnyFolder() throws Exception {
        Path home = furnished(Files.createDirectories(machine.resolve("K\u00e4se & Brot/stahl waage")));
        Steelyard.Outcome first = launch(home, Map.of());
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("building");
        assertThat(first.out())
                .contains("-cp " + home + "/cli/target/steelyard-cli-1.jar:" + home + "/repository.jar")
                .endsWith("dev.steelyard.cli.Main methods\n");
        Steelyard.Outcome second = launch(home, Map.of());
        assertThat(second.err()).isEmpty();
        Files.delete(home.resolve("repository.jar"));
        Steelyard.Outcome third = launch(home, Map.of());
        assertThat(third.code()).as(third.err()).isZero();
        assertThat(Files.readAllLines(home.resolve("builds"))).hasSize(2);
    }

    @Test
    void aLocaleWithoutUmlautsIsReplacedAndOthersStay() throws Exception {
        Path home = furnished(Files.createDirectories(machine.resolve("home")));
        for (Map<String, String> plain : List.of(
                Map.<String, String>of(), Map.of("LANG", "C"), Map.of("LC_ALL", "POSIX", "LANG", "de_DE.UTF-8"))) {
            assertThat(launch(home, plain).out()).as(plain.toString()).contains("locale C.UTF-8,");
        }
        assertThat(launch(home, Map.of("LANG", "de_DE.UTF-8")).out()).contains("locale ,");
        assertThat(launch(home, Map.of("LC_ALL", "en_US.utf8")).out()).contains("locale en_US.utf8,");
    }

    @Test
    void aFolderThatCannotBeBuiltInIsExplained() throws Exception {
        Path home = furnished(Files.createDirectories(machine.resolve("home")));
        // A file in the way stands for a folder without the right to write, which some users have everywhere.
        Files.createFile(home.resolve("cli/target"));
        Steelyard.Outcome outcome = launch(home, Map.of());
        assertThat(outcome.code()).isEqualTo(BUILD_FAILED);
        assertThat(outcome.err())
                .isEqualTo("steelyard: it must be built first, but " + home
                        + " is not writable; copy it to a folder of your own\n");
    }
}
