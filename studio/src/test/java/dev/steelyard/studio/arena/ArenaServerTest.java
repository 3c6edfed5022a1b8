package dev.steelyard.studio.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.studio.web.ApiKeys;
import java.io.IOException;
import java.net.CookieManager;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

    private JsonNode audioBallot() throws IOException, InterruptedException {
        JsonNode ballot = ballot(ann);
        while (!ballot.at("/outputs/0/kind").asText().equals("audio")) {
            post(ann, path(ballot, "/skip"), "{}");
            ballot = ballot(ann);
        }
        return ballot;
    }

    private static String path(JsonNode ballot, String rest) {
        return "/api/ballots/" + ballot.get("token").asText() + rest;
    }

    private static List<String> told(HttpResponse<?> answer) {
        return Stream.of("Content-Type", "Content-Length", "Content-Range", "ETag", "Content-Security-Policy")
                .map(name -> name + " " + answer.headers().firstValue(name).orElse("none"))
                .toList();
    }

    /** HEAD tells what GET would, and sends nothing. */
    @Test
    void aHeadIsThatOfItsBody() throws IOException, InterruptedException {
        String output = path(audioBallot(), "/outputs/0");
        for (String path :
                List.of(output, "/leaderboard", "/assets/vote.js", "/openapi.json", "/nothing", output + "0")) {
            HttpResponse<String> full = get(ann, path);
            HttpResponse<String> head = send(ann, to(path).HEAD());
            assertThat(head.statusCode()).as(path).isEqualTo(full.statusCode());
            assertThat(head.body()).isEmpty();
            assertThat(told(head)).isEqualTo(told(full));
        }
        HttpResponse<String> part =
                send(ann, to(output).header("Range", "bytes=1-3").HEAD());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(told(part)).contains("Content-Length 3");
        String bent = "HEAD /api/votes HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(bent.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void aVoteThatCouldMeanTwoThingsIsRefused() throws IOException, InterruptedException {
        JsonNode ballot = ballot(ann);
        assertThat(post(ann, path(ballot, "/vote"), "{\"ranks\": [0, 1, 2, 3], \"best\": 1}")
                        .body())
                .contains("both 'ranks' and 'best'");
        assertThat(post(ann, path(ballot, "/vote"), "{\"ranks\": [0, 1, 2, 3], \"rank\": 1}")
                        .body())
                .contains("a field 'rank'");
        assertThat(post(ann, path(ballot, "/vote"), ALL_EQUAL).statusCode()).isEqualTo(200);
        HttpResponse<String> unknown = get(ann, "/api/votes?format=xml");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("there are csv and jsonl");
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
        JsonNode ballot = audioBallot();
        HttpResponse<String> whole = get(ann, path(ballot, "/outputs/0"));
        assertThat(whole.headers().firstValue("Content-Type")).hasValue("audio/wav");
        assertThat(whole.body()).startsWith("RIFF");
        assertThat(whole.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        int size = whole.body().length();
        HttpResponse<String> part = send(ann, to(path(ballot, "/outputs/0")).header("Range", "bytes=1-2"));
        assertPart(part, "IF", "bytes 1-2/" + size);
        HttpResponse<String> end = send(ann, to(path(ballot, "/outputs/0")).header("Range", "bytes=-2"));
        assertPart(end, whole.body().substring(size - 2), "bytes " + (size - 2) + "-" + (size - 1) + "/" + size);
        // As browsers ask first.
        HttpResponse<String> all = send(ann, to(path(ballot, "/outputs/0")).header("Range", "bytes=0-"));
        assertPart(all, whole.body(), "bytes 0-" + (size - 1) + "/" + size);
        HttpResponse<String> beyond = send(ann, to(path(ballot, "/outputs/0")).header("Range", "bytes=" + size + "-"));
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */" + size);
        assertThat(beyond.body()).contains("has " + size + " bytes");
        assertThat(get(ann, path(ballot, "/outputs/4")).statusCode()).isEqualTo(400);
        assertThat(get(browser(), path(ballot, "/outputs/0")).statusCode()).isEqualTo(403);
    }

    private static void assertPart(HttpResponse<String> part, String content, String range) {
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(content);
        assertThat(part.headers().firstValue("Content-Range")).hasValue(range);
        assertThat(part.headers().firstValue("Content-Length")).hasValue(String.valueOf(content.length()));
    }

    @Test
    void aPartOfAFileThatChangedIsTheWholeFile() throws IOException, InterruptedException {
        JsonNode ballot = audioBallot();
        String file = path(ballot, "/outputs/0");
        String tag = get(ann, file).headers().firstValue("ETag").orElseThrow();
        assertThat(send(ann, to(file).header("If-None-Match", tag)).statusCode())
                .isEqualTo(304);
        HttpRequest.Builder resumed = to(file).header("Range", "bytes=1-2").header("If-Range", tag);
        assertThat(send(ann, resumed).statusCode()).isEqualTo(206);
        for (String item : ArenaFixture.ITEMS) {
            Files.writeString(folder.resolve("outputs").resolve(item).resolve("hum.wav"), "RIFF, longer than before");
        }
        HttpResponse<String> changed = send(ann, resumed);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo("RIFF, longer than before");
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

    /** A request without a body has no type by which a form could be told; browsers say where it comes from. */
    @Test
    void refusesWhatAPageOfAnotherSiteSends() throws IOException, InterruptedException {
        for (String site : new String[] {"cross-site", "same-site"}) {
            HttpRequest.Builder retire = to("/api/items/opus/retire")
                    .header("Sec-Fetch-Site", site)
                    .POST(HttpRequest.BodyPublishers.noBody());
            assertThat(send(ann, retire).statusCode()).isEqualTo(403);
        }
        assertThat(arena.standings().board().entries()).hasSize(6);
        HttpRequest.Builder own = to("/api/items/opus/retire")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(send(ann, own).statusCode()).isEqualTo(200);
    }

    /** By the machine's own name only: a proxy that forwards others to the loopback address opens nothing. */
    @Test
    void withoutKeysOnlyThisMachineKeeps() throws IOException {
        assertThat(exportStatus(server.port(), "localhost:" + server.port())).isEqualTo(200);
        assertThat(exportStatus(server.port(), "[::1]:" + server.port())).isEqualTo(200);
        assertThat(exportStatus(server.port(), "arena.example")).isEqualTo(401);
        assertThat(exportStatus(server.port(), "localhost.example:80")).isEqualTo(401);
        try (ArenaServer open =
                new ArenaServer(arena, new ArenaServerOptions("0.0.0.0", 0, ApiKeys.none(), 200, 1000))) {
            assertThat(exportStatus(open.port(), "localhost")).isEqualTo(401);
        }
    }

    /** Java's client sets the header Host itself. */
    private static int exportStatus(int port, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET /api/votes HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(status.substring(9));
        }
    }

    @Test
    void takesNoMoreThanItsLimits() throws IOException, InterruptedException {
        server.close();
        server = new ArenaServer(arena, new ArenaServerOptions("127.0.0.1", 0, ApiKeys.none(), 200, 10_000));
        JsonNode ballot = ballot(ann);
        String padded = "{\"ranks\": [0, 0, 0, 0]" + " ".repeat(5000) + "}";
        HttpResponse<String> vote = post(ann, path(ballot, "/vote"), padded);
        assertThat(vote.statusCode()).isEqualTo(400);
        assertThat(vote.body()).contains("at most 4096 bytes");
        HttpRequest.Builder votes = to("/api/votes")
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString("opus, etude\n".repeat(1000)));
        HttpResponse<String> large = send(ann, votes);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("larger than 10000 bytes");
        assertThat(arena.votes()).isZero();
    }

    @Test
    void saysWhereItCannotListen() {
        assertThatThrownBy(() -> new ArenaServer(arena, ArenaServerOptions.local(server.port())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    @Test
    void tellsWhetherItCanKeepVotes() throws IOException, InterruptedException {
        assertThat(get(ann, "/api/health").body()).isEqualTo("{\"status\":\"up\"}");
        arena.close();
        HttpResponse<String> down = get(ann, "/api/health");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(down.body()).get("status").asText()).isEqualTo("down");
        assertThat(JSON.readTree(down.body()).get("error").asText()).contains("arena.db");
    }

    @Test
    void tooManyRequestsAreHeldBack() throws IOException, InterruptedException {
        server.close();
        server = new ArenaServer(arena, new ArenaServerOptions("127.0.0.1", 0, ApiKeys.none(), 0.01, 1000));
        assertThat(get(ann, "/api/health").statusCode()).isEqualTo(200);
        HttpResponse<String> held = get(ann, "/api/health");
        assertThat(held.statusCode()).isEqualTo(429);
        assertThat(JSON.readTree(held.body()).get("error").asText()).contains("0.01 requests a second");
    }
}
