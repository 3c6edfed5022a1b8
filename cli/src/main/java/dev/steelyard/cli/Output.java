package dev.steelyard.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command prints on standard output: for people, or with {@code --json} for scripts. */
final class Output {

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Whether a script reads along: nothing but one JSON value may be printed then. */
    boolean isJson() {
        return json;
    }

    PrintWriter writer() {
        return command.commandLine().getOut();
    }

    /** Prints one of the two. */
    void print(Supplier<Object> value, Consumer<PrintWriter> text) {
        PrintWriter out = writer();
        if (json) {
            out.println(Json.of(value.get()));
        } else {
            text.accept(out);
        }
        out.flush();
    }
}
