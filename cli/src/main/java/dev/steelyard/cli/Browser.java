package dev.steelyard.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Shows a page in the user's browser; where there is none, says where the page is. */
final class Browser {

    private Browser() {}

    static void open(Path page) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String address = page.toAbsolutePath().toUri().toString();
        List<String> command = system.contains("mac")
                ? List.of("open", address)
                : system.contains("windows") ? List.of("cmd", "/c", "start", address) : List.of("xdg-open", address);
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            System.err.println("steelyard: no browser could be started; the page is " + address);
        }
    }
}
