package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecideServeCommandTest {

    @TempDir
    Path folder;

    @Test
    void badOptionsAreNamedBeforeAnythingIsServed() throws IOException {
        Path data = folder.resolve("decide.db");
        refuse("port must be between", "--data", data, "--port", 70000);
        refuse("requestsPerSecond must be positive", "--data", data, "--rate", 0);
        refuse("there is no file", "--data", data, "--api-keys", folder.resolve("none"));
        Path empty = Files.write(folder.resolve("keys"), List.of(" "));
        refuse("holds no key", "--data", data, "--api-keys", empty);
        assertThat(data).doesNotExist();
        assertThat(Steelyard.run("decide").out()).contains("serve");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndKept() throws IOException {
        Path data = Files.writeString(folder.resolve("decide.db"), "this is a diary, not a database; ".repeat(50));
        Steelyard.Outcome outcome = Steelyard.run("decide", "serve", "--data", data, "--port", 0);
        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.err()).contains("cannot open").contains("decide.db");
        assertThat(data).content().startsWith("this is a diary");
    }

    @Test
    void aSignalStopsItWhenAllIsAnsweredAndTheNextStartTakesUpWhatThereIs() throws Exception {
        Object[] serve = {"decide", "serve", "--data", folder.resolve("decide.db"), "--port", 0};
        Process child = Steelyard.start(Steelyard.process(List.of(), serve), folder);
        String first = Steelyard.startLine(child, folder);
        assertThat(first).contains("kept in " + folder.resolve("decide.db")).contains("0 experiments taken up");
        String address = first.replaceAll("Decisions at (\\S+),.*", "$1");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest create = HttpRequest.newBuilder(URI.create(address + "/experiments"))
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"id\": \"e\", \"learner\": \"ucb1\", \"arms\": [\"a\", \"b\"]}"))
                    .build();
            assertThat(client.send(create, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(201);
        }
        child.destroy();
        Steelyard.Outcome stopped = Steelyard.await(child, folder);
        assertThat(stopped.err().lines().filter(line -> !line.isBlank()))
                .containsExactly("steelyard: stopping; what was asked is still answered");

        Process again = Steelyard.start(Steelyard.process(List.of(), serve), folder);
        assertThat(Steelyard.startLine(again, folder)).contains("1 experiment taken up");
        again.destroy();
        Steelyard.await(again, folder);

        // As another version would find it that lacks the learner.
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("decide.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE experiments SET learner = 'oracle'");
        }
        Process without = Steelyard.start(Steelyard.process(List.of(), serve), folder);
        assertThat(Steelyard.startLine(without, folder)).contains("0 experiments taken up, 1 unavailable");
        without.destroy();
        assertThat(Steelyard.await(without, folder).err())
                .contains("steelyard: experiment 'e' is unavailable: its learner 'oracle' is not in this version");
    }

    private static void refuse(String message, Object... options) {
        Object[] arguments = new Object[options.length + 2];
        arguments[0] = "decide";
        arguments[1] = "serve";
        System.arraycopy(options, 0, arguments, 2, options.length);
        Steelyard.Outcome outcome = Steelyard.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(outcome.err()).contains(message);
    }
}
