package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The command line as a user has it: in this process, or in one of its own where the process itself is what matters.
 */
final class Steelyard {

    private Steelyard() {}

    /** What a user sees. */
    record Outcome(int code, String out, String err) {}

    /** That bad input was told in one message, without a trace of the program's inside, and with its exit code. */
    static void assertRefused(Outcome outcome, Object... told) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(outcome.err()).startsWith("steelyard: ").doesNotContain("\tat ", "Exception");
        for (Object part : told) {
            assertThat(outcome.err()).contains(part.toString());
        }
        assertThat(outcome.err().strip().lines().count()).isLessThanOrEqualTo(2);
    }

    /** Runs it here. */
    static Outcome run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int code =
                commandLine.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    /**
     * A process that runs it.
     *
     * @param before a command that starts another, such as {@code env NAME=value}
     */
    static ProcessBuilder process(List<String> before, Object... arguments) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                // Its file would count against a limit on files.
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        Stream.of(arguments).map(Object::toString).forEach(command::add);
        return new ProcessBuilder(command);
    }

    /** Starts a process with its output in files, and waits for it. */
    static Outcome await(ProcessBuilder builder, Path folder) throws IOException, InterruptedException {
        return await(start(builder, folder), folder);
    }

    static Process start(ProcessBuilder builder, Path folder) throws IOException {
        return builder.redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }

    static Outcome await(Process process, Path folder) throws IOException, InterruptedException {
        int code = process.waitFor();
        return new Outcome(
                code, Files.readString(folder.resolve("out.txt")), Files.readString(folder.resolve("err.txt")));
    }

    /** What a service says when it listens. */
    static String startLine(Process child, Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        while (child.isAlive() && !Files.readString(out).contains("Ctrl-C")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return Files.readString(out).strip();
    }
}
