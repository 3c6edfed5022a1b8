package dev.steelyard.studio.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.studio.web.ApiKeys;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionServerTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private DecisionService service;
    private DecisionServer server;

    @BeforeEach
    void start() {
        start(ServerOptions.local(0));
    }

    private void start(ServerOptions options) {
        service = new DecisionService(folder.resolve("decide.db").toString());
        server = new DecisionServer(service, options);
    }

    @AfterEach
    void stop() {
        server.close();
        service.close();
    }

    private record Answer(int status, String text) {
        JsonNode json() throws Exception {
            return JSON.readTree(text);
        }
    }

    private Answer send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    private Answer post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    private Answer get(String path) throws Exception {
        return send("GET", path, "");
    }

    private void create() throws Exception {
        assertThat(post("/experiments", "{\"id\": \"banner\", \"learner\": \"ucb1\", \"arms\": [\"red\", \"blue\"]}")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void decidesLearnsAndSaysWhatItKnows() throws Exception {
        create();
        for (int i = 0; i < 60; i++) {
            JsonNode decision = post("/experiments/banner/decisions", "").json();
            assertThat(decision.get("id").asInt()).isEqualTo(i);
            String arm = decision.get("arm").asText();
            assertThat(decision.get("propensity").asDouble()).isPositive();
            String reward = arm.equals("blue") ? "1" : "0";
            Answer learnt = post(
                    "/experiments/banner/feedback",
                    "{\"decision\": " + i + ", \"outcome\": {\"reward\": " + reward + "}}");
            assertThat(learnt.status()).isEqualTo(200);
        }
        assertThat(post("/experiments/banner/decisions", "{}").json().get("arm").asText())
                .isEqualTo("blue");
        JsonNode described = get("/experiments/banner").json();
        assertThat(described.get("decisions").asInt()).isEqualTo(61);
        assertThat(described.get("open").asInt()).isEqualTo(1);
        assertThat(get("/experiments/banner/state").json().get("of").asText()).isEqualTo("ucb1");
        assertThat(get("/experiments").json()).hasSize(1);
        assertThat(get("/learners").text()).contains("ucb1").contains("repeated-exposure");
        assertThat(get("/openapi.json").json().get("paths").has("/experiments/{id}/feedback"))
                .isTrue();
    }

    @Test
    void theSameOutcomeTwiceIsFineAndAnotherIsNot() throws Exception {
        create();
        post("/experiments/banner/decisions", "");
        String first = "{\"decision\": 0, \"outcome\": 0.25}";
        assertThat(post("/experiments/banner/feedback", first)
                        .json()
                        .get("repeated")
                        .asBoolean())
                .isFalse();
        assertThat(post("/experiments/banner/feedback", first)
                        .json()
                        .get("repeated")
                        .asBoolean())
                .isTrue();
        Answer conflict = post("/experiments/banner/feedback", "{\"decision\": 0, \"outcome\": 0.5}");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.text()).contains("0.25");
        assertThat(get("/experiments/banner/log").text().lines()).hasSize(2);
    }

    @Test
    void wrongRequestsAreNamed() throws Exception {
        create();
        assertThat(post("/experiments", "{\"id\": \"banner\", \"learner\": \"ucb1\", \"arms\": [\"a\"]}")
                        .status())
                .isEqualTo(409);
        refuse(400, "there is no learner 'ucb9'", "/experiments", "{\"id\": \"x\", \"learner\": \"ucb9\"}");
        refuse(400, "'id' must be", "/experiments", "{\"id\": \"a b\", \"learner\": \"ucb1\"}");
        refuse(400, "needs the option 'arms'", "/experiments", "{\"id\": \"x\", \"learner\": \"ucb1\"}");
        refuse(400, "no JSON", "/experiments", "{");
        refuse(404, "no experiment 'none'", "/experiments/none/decisions", "");
        refuse(404, "never made", "/experiments/banner/feedback", "{\"decision\": 5, \"outcome\": 0.5}");
        refuse(400, "'outcome' is missing", "/experiments/banner/feedback", "{\"decision\": 5}");
        post("/experiments/banner/decisions", "");
        refuse(422, "must be in [0, 1]", "/experiments/banner/feedback", "{\"decision\": 0, \"outcome\": 7}");
        assertThat(get("/experiments/banner").json().get("open").asInt()).isEqualTo(1);
    }

    private void refuse(int status, String message, String path, String body) throws Exception {
        Answer answer = post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().get("error").asText()).contains(message);
    }

    @Test
    void experimentsComeBackAfterARestart() throws Exception {
        create();
        for (int i = 0; i < 30; i++) {
            post("/experiments/banner/decisions", "");
            if (i % 3 != 0) {
                post("/experiments/banner/feedback", "{\"decision\": " + i + ", \"outcome\": 0." + i % 7 + "}");
            }
        }
        String state = get("/experiments/banner/state").text();
        stop();
        start();
        assertThat(get("/experiments/banner/state").text()).isEqualTo(state);
        assertThat(post("/experiments/banner/decisions", "").json().get("id").asInt())
                .isEqualTo(30);
    }

    @Test
    void anotherLearnerIsEvaluatedOnTheLog() throws Exception {
        post("/experiments", "{\"id\": \"u\", \"learner\": \"uniform\", \"arms\": [\"a\", \"b\"], \"seed\": 1}");
        for (int i = 0; i < 400; i++) {
            int action =
                    post("/experiments/u/decisions", "").json().get("action").asInt();
            post(
                    "/experiments/u/feedback",
                    "{\"decision\": " + i + ", \"outcome\": " + (action == 1 ? 0.1 : 0.9) + "}");
        }
        JsonNode evaluation = post(
                        "/experiments/u/evaluate",
                        "{\"learner\": \"epsilon-greedy\", \"options\": {\"arms\": 2, \"epsilon\": 0.1}}")
                .json();
        assertThat(evaluation.get("decisions").asInt()).isEqualTo(400);
        assertThat(evaluation.at("/snips/mean").asDouble()).isBetween(.1, .3);
        assertThat(evaluation.at("/logged/mean").asDouble()).isBetween(.4, .6);
    }

    @Test
    void keysAndLimitsAreHeld() throws Exception {
        stop();
        start(new ServerOptions("127.0.0.1", 0, new ApiKeys(Set.of("secret")), 5, 2000));
        assertThat(get("/experiments").status()).isEqualTo(401);
        assertThat(send("GET", "/experiments", "", "X-API-Key", "wrong").status())
                .isEqualTo(401);
        assertThat(send("GET", "/experiments", "", "X-API-Key", "secret").status())
                .isEqualTo(200);
        assertThat(send("POST", "/experiments", "x".repeat(5000), "X-API-Key", "secret")
                        .status())
                .isEqualTo(413);
        int refused = 0;
        for (int i = 0; i < 20; i++) {
            refused += send("GET", "/experiments", "", "X-API-Key", "secret").status() == 429 ? 1 : 0;
        }
        assertThat(refused).isPositive();
        assertThat(get("/openapi.json").status()).isEqualTo(200);
    }
}
