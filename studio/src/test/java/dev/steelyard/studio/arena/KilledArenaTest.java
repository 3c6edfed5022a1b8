package dev.steelyard.studio.arena;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.studio.storage.PostgresServer;
import dev.steelyard.studio.storage.UsesPostgres;
import dev.steelyard.studio.web.ApiKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Kills the arena, as by {@code kill -9}, while many people vote. */
@ExtendWith(UsesPostgres.class)
@Timeout(120)
class KilledArenaTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int VOTERS = 6;
    private static final int BEFORE_THE_KILL = 100;
    private static final int IMPORTED = 30_000;

    @TempDir
    Path folder;

    /** An arena in a process of its own; says its port, then serves. */
    public static final class Child {
        private Child() {}

        @SuppressWarnings("resource") // killed, never closed
        public static void main(String[] arguments) throws IOException, InterruptedException {
            Arena arena = arena(Path.of(arguments[0]), arguments[1]);
            System.out.println(
                    new ArenaServer(arena, new ArenaServerOptions("127.0.0.1", 0, ApiKeys.none(), 1e6, 1 << 24))
                            .port());
            Thread.sleep(60_000);
        }
    }

    private static Arena arena(Path folder, String address) throws IOException {
        Catalogue catalogue = Catalogue.read(folder.resolve("outputs"), false);
        return new Arena(address, catalogue, ArenaFixture::model, ArenaOptions.defaults());
    }

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    private void vote(String base) {
        try (HttpClient client =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            while (true) {
                String token = post(client, base, "{}").get("token").asText();
                post(client, base + "/" + token + "/vote", "{\"ranks\": [0, 1, 2, 3]}");
                acknowledged.add(token);
            }
        } catch (IOException e) {
            // The arena was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonNode post(HttpClient client, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(URI.create(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(response.body());
        }
        return JSON.readTree(response.body());
    }

    /** Sends a file that is taken in many parts; killed somewhere among them, or after. */
    private static void importVotes(String base) {
        String votes = IntStream.range(0, IMPORTED)
                .mapToObj(i ->
                        "{\"models\": [\"opus\", \"" + (i % 3 == 0 ? "etude" : "fugue") + "\"], \"ranks\": [0, 1]}\n")
                .collect(Collectors.joining());
        try (HttpClient client = HttpClient.newHttpClient()) {
            post(client, base + "/api/votes", votes);
        } catch (IOException e) {
            // The arena was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void noCountedVoteIsLost() throws Exception {
        killed(ArenaFixture.url(folder));
    }

    @Test
    void noCountedVoteIsLostInPostgres(PostgresServer postgres) throws Exception {
        killed(postgres.address());
    }

    private void killed(String address) throws Exception {
        ArenaFixture.outputs(folder);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        Child.class.getName(),
                        folder.toString(),
                        address)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = child.inputReader()) {
            String arena = "http://127.0.0.1:" + Integer.parseInt(out.readLine().strip());
            String base = arena + "/api/ballots";
            List<Thread> voters = new ArrayList<>();
            voters.add(Thread.ofPlatform().start(() -> importVotes(arena)));
            for (int i = 0; i < VOTERS; i++) {
                voters.add(Thread.ofPlatform().start(() -> vote(base)));
            }
            while (acknowledged.size() < BEFORE_THE_KILL) {
                Thread.sleep(5);
            }
            child.destroyForcibly();
            assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
            for (Thread voter : voters) {
                voter.join();
            }
        } finally {
            child.destroyForcibly();
        }
        Set<String> voted = ConcurrentHashMap.newKeySet();
        Set<String> completed = ConcurrentHashMap.newKeySet();
        try (VoteLog log = new VoteLog(address)) {
            log.read(0, Long.MAX_VALUE, logged -> {
                if (logged.event() instanceof ArenaEvent.Voted vote) {
                    // One that is twice in the log would be a vote counted twice.
                    assertThat(voted.add(vote.token())).isTrue();
                } else if (logged.event() instanceof ArenaEvent.Completed all) {
                    completed.add(all.name());
                }
            });
        }
        assertThat(voted).containsAll(acknowledged).hasSizeGreaterThanOrEqualTo(BEFORE_THE_KILL);
        try (Arena arena = arena(folder, address)) {
            // All of the file or nothing.
            assertThat(arena.standings().votes()).isEqualTo(voted.size() + (completed.isEmpty() ? 0 : IMPORTED));
            OpenBallot ballot = arena.hand("somebody new");
            arena.vote(ballot.token(), "somebody new", List.of(0, 1, 2, 3));
        }
    }
}
