package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArenaServeCommandTest {

    @TempDir
    Path folder;

    @Test
    void aSignalStopsItWhenAllIsAnswered() throws Exception {
        Process child = Steelyard.start(Steelyard.process(List.of(), serve(0)), folder);
        assertThat(Steelyard.startLine(child, folder)).contains("2 items, 1 prompt, 0 votes so far");
        child.destroy();
        assertThat(Steelyard.await(child, folder).err().lines().filter(line -> !line.isBlank()))
                .containsExactly("steelyard: stopping; what was asked is still answered");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            Steelyard.assertRefused(
                    Steelyard.run(serve(taken.getLocalPort())), "cannot listen", taken.getLocalPort(), "free");
        }
    }

    private Object[] serve(int port) throws IOException {
        Path items = Files.writeString(
                folder.resolve("items.csv"), "model,prompt,text\nopus,rain,drops\nrondo,rain,water\n");
        return new Object[] {
            "arena", "serve", "--items", items, "--data", folder.resolve("arena.db"), "--port", port, "--size", 2
        };
    }
}
