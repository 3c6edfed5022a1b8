package dev.steelyard.studio.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.studio.web.Json;
import dev.steelyard.studio.web.OpenApiContract;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document that is served says what is served. */
class ArenaDocumentTest {

    private static final String BALLOTS = "/api/ballots";
    private static final String VOTE = "POST /api/ballots/{token}/vote";

    private final OpenApiContract contract = new OpenApiContract(ArenaServer.DOCUMENT);

    @TempDir
    Path folder;

    @Test
    void everyRouteStandsInTheDocumentAndEveryOperationIsServed() throws IOException {
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults());
                ArenaServer server = new ArenaServer(arena, ArenaServerOptions.local(0))) {
            contract.describes(OpenApiContract.routes(
                    server.javalin(),
                    path -> path.startsWith("/api/") || path.equals("/openapi.json") || path.equals("/metrics")));
        }
    }

    @Test
    void everyExampleFitsItsSchema() {
        assertThat(contract.examplesAreValid()).isGreaterThan(20);
    }

    @Test
    void answersAreWhatTheDocumentPromises() throws Exception {
        ArenaOptions options = ArenaOptions.defaults().withReveal(true);
        try (HttpClient ann = HttpClient.newBuilder()
                        .cookieHandler(new CookieManager())
                        .build();
                HttpClient bob = HttpClient.newHttpClient();
                Arena arena = ArenaFixture.arena(folder, options);
                ArenaServer server = new ArenaServer(arena, ArenaServerOptions.local(0))) {
            Asking asking = new Asking(server.port());
            asking.ask(ann, "GET /openapi.json", "/openapi.json", "", 200);
            asking.ask(ann, "GET /api/health", "/api/health", "", 200);
            String first = token(asking.ask(ann, "POST " + BALLOTS, BALLOTS, "", 200));
            asking.ask(ann, VOTE, BALLOTS + "/" + first + "/vote", "{\"ranks\": [0, 1]}", 400);
            asking.ask(bob, VOTE, BALLOTS + "/" + first + "/vote", "{\"best\": 0}", 403);
            asking.ask(ann, VOTE, BALLOTS + "/" + Secrets.next() + "/vote", "{\"best\": 0}", 404);
            asking.ask(ann, VOTE, BALLOTS + "/" + first + "/vote", "{\"ranks\": [0, 1, 1, 2]}", 200);
            asking.ask(ann, VOTE, BALLOTS + "/" + first + "/vote", "{\"ranks\": [0, 1, 1, 2]}", 409);
            String outputs = "GET /api/ballots/{token}/outputs/{position}";
            String second = token(asking.ask(ann, "POST " + BALLOTS, BALLOTS, "", 200));
            asking.ask(ann, outputs, BALLOTS + "/" + second + "/outputs/x", "", 400);
            asking.ask(bob, outputs, BALLOTS + "/" + second + "/outputs/0", "", 403);
            String skip = "POST /api/ballots/{token}/skip";
            asking.ask(ann, skip, BALLOTS + "/" + second + "/skip", "", 200);
            asking.ask(ann, skip, BALLOTS + "/" + second + "/skip", "", 409);
            asking.ask(ann, "GET /api/leaderboard", "/api/leaderboard", "", 200);
            asking.ask(
                    ann,
                    "POST /api/votes",
                    "/api/votes",
                    "match,models,ranks\nm1,opus;etude,0;1\nm2,opus;waltz,0;1",
                    400);
            asking.ask(ann, "POST /api/votes", "/api/votes", "match,models,ranks\nm1,opus;etude,0;1", 200);
            asking.ask(ann, "GET /api/votes", "/api/votes", "", 200);
            asking.ask(ann, "GET /api/votes", "/api/votes?format=csv", "", 200);
            asking.ask(ann, "GET /api/voters", "/api/voters", "", 200);
            assertThat(asking.ask(ann, "GET /metrics", "/metrics", "", 200))
                    .contains("steelyard_votes 2.0")
                    .contains("route=\"/api/ballots/{token}/vote\",status=\"409\"} 1.0");
            asking.ask(ann, "POST /api/items/{name}/retire", "/api/items/waltz/retire", "", 404);
            String third = token(asking.ask(ann, "POST " + BALLOTS, BALLOTS, "", 200));
            String shown =
                    arena.ballot(third, voterOfTheFirstVote(arena)).items().getFirst();
            asking.ask(ann, "POST /api/items/{name}/retire", "/api/items/" + shown + "/retire", "", 200);
            asking.ask(ann, VOTE, BALLOTS + "/" + third + "/vote", "{\"best\": 0}", 410);
            asking.ask(
                    ann,
                    "POST /api/voters/{voter}/withdraw",
                    "/api/voters/" + voterOfTheFirstVote(arena) + "/withdraw",
                    "",
                    200);
        }
    }

    private static String voterOfTheFirstVote(Arena arena) {
        String[] voter = new String[1];
        arena.export(vote -> voter[0] = voter[0] == null ? vote.voter() : voter[0]);
        return voter[0];
    }

    private static String token(String ballot) {
        return Json.object(ballot).get("token").asText();
    }

    private final class Asking {
        private final String base;

        Asking(int port) {
            this.base = "http://127.0.0.1:" + port;
        }

        String ask(HttpClient client, String operation, String path, String body, int status)
                throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                    .method(operation.split(" ")[0], HttpRequest.BodyPublishers.ofString(body));
            if (!body.isEmpty()) {
                request.header("Content-Type", body.startsWith("{") ? "application/json" : "text/csv");
            }
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            contract.promises(
                    operation,
                    status,
                    response.headers().firstValue("Content-Type").orElse("none"),
                    response.body());
            return response.body();
        }
    }
}
