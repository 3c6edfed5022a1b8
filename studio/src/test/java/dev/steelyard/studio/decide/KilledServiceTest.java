package dev.steelyard.studio.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.studio.web.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the service, as by {@code kill -9}, while many clients talk to it. */
class KilledServiceTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CLIENTS = 8;
    private static final int BEFORE_THE_KILL = 300;

    @TempDir
    Path folder;

    /** A service in a process of its own; says its port, then serves. */
    public static final class Child {
        private Child() {}

        @SuppressWarnings("resource") // killed, never closed
        public static void main(String[] arguments) throws InterruptedException {
            DecisionServer server =
                    new DecisionServer(new DecisionService(Path.of(arguments[0])), ServerOptions.local(0));
            System.out.println(server.port());
            Thread.sleep(60_000);
        }
    }

    private final Set<Long> decided = ConcurrentHashMap.newKeySet();
    private final Set<Long> learnt = ConcurrentHashMap.newKeySet();

    private void talk(HttpClient client, String base) {
        try {
            while (true) {
                JsonNode decision = JSON.readTree(post(client, base + "/decisions", ""));
                long id = decision.get("id").asLong();
                decided.add(id);
                post(client, base + "/feedback", "{\"decision\": " + id + ", \"outcome\": 0.5}");
                learnt.add(id);
            }
        } catch (IOException e) {
            // The service was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String post(HttpClient client, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(response.body());
        }
        return response.body();
    }

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        Path file = folder.resolve("decide.db");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        Child.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = child.inputReader()) {
            int port = Integer.parseInt(out.readLine().strip());
            HttpClient client = HttpClient.newHttpClient();
            post(
                    client,
                    "http://127.0.0.1:" + port + "/experiments",
                    "{\"id\": \"e\", \"learner\": \"thompson\", \"options\": {\"arms\": 3}}");
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(
                        Thread.ofVirtual().start(() -> talk(client, "http://127.0.0.1:" + port + "/experiments/e")));
            }
            while (learnt.size() < BEFORE_THE_KILL) {
                Thread.sleep(5);
            }
            child.destroyForcibly();
            assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
            for (Thread each : clients) {
                each.join();
            }
        }
        Set<Long> decisionsOnDisk = new HashSet<>();
        Set<Long> outcomesOnDisk = new HashSet<>();
        try (DecisionService service = new DecisionService(file)) {
            service.export("e", line -> {
                try {
                    JsonNode event = JSON.readTree(line);
                    (event.has("outcome") ? outcomesOnDisk : decisionsOnDisk)
                            .add(event.get("decision").asLong());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            // The learner stands where its log ends, and goes on.
            assertThat(service.decide("e", Json.read("")).get("id").asLong()).isEqualTo(decisionsOnDisk.size());
        }
        assertThat(decisionsOnDisk).containsAll(decided);
        assertThat(outcomesOnDisk).containsAll(learnt).hasSizeGreaterThanOrEqualTo(BEFORE_THE_KILL);
    }
}
