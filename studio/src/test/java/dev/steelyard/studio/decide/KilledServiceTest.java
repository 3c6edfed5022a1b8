package dev.steelyard.studio.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.studio.storage.GroupCommit;
import dev.steelyard.studio.storage.PostgresServer;
import dev.steelyard.studio.storage.UsesPostgres;
import dev.steelyard.studio.web.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Kills the service, as by {@code kill -9}, while many clients talk to it. */
@ExtendWith(UsesPostgres.class)
@Timeout(120)
class KilledServiceTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int CLIENTS = 8;
    private static final int BEFORE_THE_KILL = 300;
    /** So that the kill comes after several snapshots, and the restart goes on from the last. */
    private static final long SNAPSHOT_EVERY = 100;

    @TempDir
    Path folder;

    /** A service in a process of its own; says its port, then serves. */
    public static final class Child {
        private Child() {}

        @SuppressWarnings("resource") // killed, never closed
        public static void main(String[] arguments) throws InterruptedException {
            DecisionServer server = new DecisionServer(
                    new DecisionService(arguments[0], InstantSource.system(), SNAPSHOT_EVERY), ServerOptions.local(0));
            System.out.println(server.port());
            Thread.sleep(60_000);
        }
    }

    private final Set<Long> decided = ConcurrentHashMap.newKeySet();
    private final Set<Long> twice = ConcurrentHashMap.newKeySet();
    private final Set<Long> learnt = ConcurrentHashMap.newKeySet();

    private void talk(HttpClient client, String base) {
        try {
            while (true) {
                JsonNode decision = JSON.readTree(post(client, base + "/decisions", ""));
                long id = decision.get("id").asLong();
                if (!decided.add(id)) {
                    twice.add(id);
                }
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
        while (true) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(path))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() < 300) {
                return response.body();
            }
            if (response.statusCode() != 503) {
                throw new IOException(response.body());
            }
            Thread.sleep(20); // its database is away; the message says to try again
        }
    }

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        killed(folder.resolve("decide.db").toString(), () -> {});
    }

    @Test
    void nothingAcknowledgedIsLostInPostgres(PostgresServer postgres) throws Exception {
        killed(postgres.address(), () -> {
            postgres.crash();
            Thread.sleep(200);
            postgres.startAgain();
        });
    }

    /** What happens to the database half-way. */
    private interface Mishap {
        void happen() throws InterruptedException;
    }

    private void waitForOutcomes(int count) throws InterruptedException {
        while (learnt.size() < count) {
            Thread.sleep(5);
        }
    }

    private void killed(String address, Mishap mishap) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        Child.class.getName(),
                        address)
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
            waitForOutcomes(BEFORE_THE_KILL / 2);
            mishap.happen();
            waitForOutcomes(BEFORE_THE_KILL);
            child.destroyForcibly();
            assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
            for (Thread each : clients) {
                each.join();
            }
        } finally {
            child.destroyForcibly();
        }
        try (EventLog log = new EventLog(address, GroupCommit.Listener.NONE)) {
            assertThat(log.snapshot("e")).hasValueSatisfying(snapshot -> assertThat(snapshot.events())
                    .isPositive()
                    .isLessThanOrEqualTo(log.decisions("e").events()));
        }
        Set<Long> decisionsOnDisk = new HashSet<>();
        Set<Long> outcomesOnDisk = new HashSet<>();
        try (DecisionService service = new DecisionService(address)) {
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
            assertThat(service.decide("e", Json.object()).get("id").asLong()).isEqualTo(decisionsOnDisk.size());
        }
        assertThat(twice).isEmpty();
        assertThat(decisionsOnDisk).containsAll(decided);
        assertThat(outcomesOnDisk).containsAll(learnt).hasSizeGreaterThanOrEqualTo(BEFORE_THE_KILL);
    }
}
