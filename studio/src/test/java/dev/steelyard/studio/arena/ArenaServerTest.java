package dev.steelyard.studio.arena;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.studio.web.ApiKeys;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArenaServerTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ALL_EQUAL = "{\"ranks\": [0, 0, 0, 0]}";

    @TempDir
    Path folder;

    private Arena arena;
    private ArenaServer server;
    private final HttpClient ann = browser();

    private static HttpClient browser() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    }

    @BeforeEach
    void serve() throws IOException {
        Path outputs = ArenaFixture.outputs(folder);
        for (String item : ArenaFixture.ITEMS) {
            Files.write(outputs.resolve(item).resolve("hum.wav"), ("RIFF" + item).getBytes("UTF-8"));
        }
        arena = new Arena(
                ArenaFixture.url(folder),
                Catalogue.read(outputs, false),
                ArenaFixture::model,
                ArenaOptions.defaults().withTitle("Six pieces"));
        server = new ArenaServer(arena, ArenaServerOptions.local(0));
    }

    @AfterEach
    void stop() {
        server.close();
        arena.close();
    }

    private HttpResponse<String> send(HttpClient browser, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> get(HttpClient browser, String path) throws IOException, InterruptedException {
        return send(browser, to(path));
    }

    private HttpResponse<String> post(HttpClient browser, String path, String body)
            throws IOException, InterruptedException {
        return send(
                browser,
                to(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode ballot(HttpClient browser) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(browser, "/api/ballots", "{}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ArenaFixture.ITEMS).noneMatch(answer.body()::contains);
        return JSON.readTree(answer.body());
    }

    private static String path(JsonNode ballot, String rest) {
        return "/api/ballots/" + ballot.get("token").asText() + rest;
    }

    @Test
    void countsAVoteOnceAndOnlyFromItsBrowser() throws IOException, InterruptedException {
        JsonNode ballot = ballot(ann);
        assertThat(ballot.get("outputs")).hasSize(4);
        HttpClient bob = browser();
        ballot(bob);
        assertThat(post(bob, path(ballot, "/vote"), ALL_EQUAL).statusCode()).isEqualTo(403);
        assertThat(post(ann, "/api/ballots/" + Secrets.next() + "/vote", ALL_EQUAL)
                        .statusCode())
                .isEqualTo(404);
        assertThat(post(ann, path(ballot, "/vote"), "{\"ranks\": [0, 0, 0]}").statusCode())
                .isEqualTo(400);
        assertThat(post(ann, path(ballot, "/vote"), "{\"ranks\": [0, 0.5, 1, 2]}")
                        .body())
                .contains("integer");
        assertThat(post(ann, path(ballot, "/vote"), "{}").body()).contains("neither");
        assertThat(post(ann, path(ballot, "/vote"), "no json").statusCode()).isEqualTo(400);
        HttpResponse<String> counted = post(ann, path(ballot, "/vote"), "{\"best\": 2}");
        assertThat(counted.statusCode()).isEqualTo(200);
        assertThat(ArenaFixture.ITEMS).noneMatch(counted.body()::contains);
        assertThat(post(ann, path(ballot, "/vote"), "{\"best\": 2}").statusCode())
                .isEqualTo(409);
        assertThat(post(ann, path(ballot, "/skip"), "{}").statusCode()).isEqualTo(409);
        JsonNode board = JSON.readTree(get(ann, "/api/leaderboard").body());
        assertThat(board.get("votes").asInt()).isEqualTo(1);
        assertThat(board.get("title").asText()).isEqualTo("Six pieces");
        assertThat(board.get("leaderboard")).hasSize(6);
    }

    @Test
    void sendsFilesWithoutTheirNamesAndInRanges() throws IOException, InterruptedException {
        JsonNode ballot = ballot(ann);
        while (!ballot.at("/outputs/0/kind").asText().equals("audio")) {
            post(ann, path(ballot, "/skip"), "{}");
            ballot = ballot(ann);
        }
        HttpResponse<String> whole = get(ann, path(ballot, "/outputs/0"));
        assertThat(whole.headers().firstValue("Content-Type")).hasValue("audio/wav");
        assertThat(whole.body()).startsWith("RIFF");
        HttpResponse<String> part = send(ann, to(path(ballot, "/outputs/0")).header("Range", "bytes=1-2"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).hasValueSatisfying(range -> assertThat(range)
                .startsWith("bytes 1-")
                .endsWith("/" + whole.body().length()));
        assertThat(part.body()).startsWith("IFF");
        assertThat(get(ann, path(ballot, "/outputs/4")).statusCode()).isEqualTo(400);
        assertThat(get(browser(), path(ballot, "/outputs/0")).statusCode()).isEqualTo(403);
    }

    @Test
    void anExportIsReadAgainByAnotherArena() throws IOException, InterruptedException {
        for (int i = 0; i < 5; i++) {
            post(ann, path(ballot(ann), "/vote"), "{\"ranks\": [0, 1, 1, 2]}");
        }
        String lines = get(ann, "/api/votes").body();
        String table = get(ann, "/api/votes?format=csv").body();
        JsonNode first = JSON.readTree(lines.lines().findFirst().orElseThrow());
        assertThat(first.get("models")).hasSize(4);
        assertThat(first.get("candidates")).hasSize(5);
        assertThat(first.get("propensity").asDouble()).isBetween(0.0, 1.0);
        for (String votes : new String[] {lines, table}) {
            Path other = Files.createTempDirectory(folder, "other");
            try (Arena copy = ArenaFixture.arena(other, ArenaOptions.defaults());
                    ArenaServer copyServer = new ArenaServer(copy, ArenaServerOptions.local(0))) {
                HttpRequest.Builder request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + copyServer.port() + "/api/votes"))
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString(votes));
                assertThat(send(ann, request).body()).isEqualTo("{\"imported\":5}");
                assertThat(copy.standings().board()).isEqualTo(arena.standings().board());
                HttpResponse<String> again = send(ann, request);
                assertThat(again.statusCode()).isEqualTo(400);
                assertThat(again.body()).contains("votes:").contains("counted already");
            }
        }
    }

    @Test
    void theKeeperNeedsAKeyWhereThereAreSome() throws IOException, InterruptedException {
        server.close();
        ArenaServerOptions local = ArenaServerOptions.local(0);
        server = new ArenaServer(
                arena,
                new ArenaServerOptions(local.host(), 0, new ApiKeys(Set.of("secret")), 200, local.largestImport()));
        ballot(ann);
        assertThat(get(ann, "/api/votes").statusCode()).isEqualTo(401);
        assertThat(post(ann, "/api/items/opus/retire", "{}").statusCode()).isEqualTo(401);
        HttpRequest.Builder retire =
                to("/api/items/opus/retire").header("X-API-Key", "secret").POST(HttpRequest.BodyPublishers.noBody());
        assertThat(send(ann, retire).statusCode()).isEqualTo(200);
        assertThat(send(ann, retire).statusCode()).isEqualTo(404);
        assertThat(arena.standings().board().entries()).hasSize(5);
    }

    @Test
    void refusesWhatAFormOnAnotherSiteCouldSend() throws IOException, InterruptedException {
        for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"}) {
            HttpResponse<String> answer = send(
                    ann,
                    to("/api/items/opus/retire")
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString("a=b")));
            assertThat(answer.statusCode()).isEqualTo(415);
        }
    }

    @Test
    void tooManyRequestsAreHeldBack() throws IOException, InterruptedException {
        server.close();
        server = new ArenaServer(arena, new ArenaServerOptions("127.0.0.1", 0, ApiKeys.none(), 0.01, 1000));
        assertThat(get(ann, "/api/health").statusCode()).isEqualTo(200);
        assertThat(get(ann, "/api/health").statusCode()).isEqualTo(429);
    }
}
