package dev.steelyard.studio.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.studio.web.ApiKeys;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionServerTest {

    @TempDir
    Path folder;

    private DecisionClient client;
    private DecisionService service;
    private DecisionServer server;

    @BeforeEach
    void start() {
        start(ServerOptions.local(0));
    }

    private void start(ServerOptions options) {
        service = new DecisionService(folder.resolve("decide.db").toString());
        server = new DecisionServer(service, options);
        client = new DecisionClient(server);
    }

    @AfterEach
    void stop() {
        server.close();
        service.close();
    }

    private DecisionClient.Answer send(String method, String path, String body, String... headers) throws Exception {
        return client.send(method, path, body, headers);
    }

    private DecisionClient.Answer post(String path, String body) throws Exception {
        return client.post(path, body);
    }

    private DecisionClient.Answer get(String path) throws Exception {
        return client.get(path);
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
            DecisionClient.Answer learnt = post(
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
        DecisionClient.Answer conflict = post("/experiments/banner/feedback", "{\"decision\": 0, \"outcome\": 0.5}");
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
        DecisionClient.Answer answer = post(path, body);
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
        assertThat(get("/experiments").error()).contains("X-API-Key must hold an API key");
        assertThat(send("GET", "/experiments", "", "X-API-Key", "wrong").status())
                .isEqualTo(401);
        assertThat(send("GET", "/experiments", "", "X-API-Key", "secret").status())
                .isEqualTo(200);
        DecisionClient.Answer large = send("POST", "/experiments", "x".repeat(5000), "X-API-Key", "secret");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.error()).contains("larger than 2000 bytes");
        int refused = 0;
        for (int i = 0; i < 20; i++) {
            refused += send("GET", "/experiments", "", "X-API-Key", "secret").status() == 429 ? 1 : 0;
        }
        assertThat(refused).isPositive();
        assertThat(send("GET", "/health", "", "X-API-Key", "unknown").status()).isEqualTo(200);
    }

    @Test
    void aReadOnlyKeyLooksAndChangesNothing() throws Exception {
        create();
        post("/experiments/banner/decisions", "");
        post("/experiments/banner/feedback", "{\"decision\": 0, \"outcome\": 0.5}");
        post("/experiments/banner/decisions", "");
        stop();
        start(new ServerOptions("127.0.0.1", 0, new ApiKeys(Set.of("all"), Set.of("look")), 20_000, 2000));
        String state = asked("look", "GET", "/experiments/banner/state", "", 200);
        asked("look", "GET", "/experiments", "", 200);
        asked("look", "GET", "/learners", "", 200);
        asked("look", "GET", "/metrics", "", 200);
        asked("look", "GET", "/experiments/banner/log", "", 200);
        asked("look", "POST", "/experiments/banner/evaluate", "{\"learner\": \"uniform\"}", 200);
        String other = "{\"id\": \"other\", \"learner\": \"ucb1\", \"arms\": [\"red\", \"blue\"]}";
        assertThat(asked("look", "POST", "/experiments", other, 403)).contains("may only look");
        asked("look", "POST", "/experiments/banner/decisions", "", 403);
        asked("look", "POST", "/experiments/banner/feedback", "{\"decision\": 1, \"outcome\": 0.5}", 403);
        assertThat(asked("look", "GET", "/experiments/banner/state", "", 200)).isEqualTo(state);
        asked("all", "POST", "/experiments/banner/decisions", "", 200);
    }

    private String asked(String key, String method, String path, String body, int status) throws Exception {
        DecisionClient.Answer answer = send(method, path, body, "X-API-Key", key);
        assertThat(answer.status())
                .as(method + " " + path + ": " + answer.text())
                .isEqualTo(status);
        return answer.text();
    }

    @Test
    void pagesOfOtherSitesChangeNothing() throws Exception {
        String own = "http://127.0.0.1:" + server.port();
        String body = "{\"id\": \"banner\", \"learner\": \"ucb1\", \"arms\": [\"red\", \"blue\"]}";
        DecisionClient.Answer foreign = send("POST", "/experiments", body, "Origin", "https://example.org");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.error()).contains("https://example.org");
        assertThat(send("POST", "/experiments", body, "Origin", "null").status())
                .isEqualTo(403);
        assertThat(send("POST", "/experiments", body, "Origin", own).status()).isEqualTo(201);
    }

    @Test
    void metricsTellWhatWasDone() throws Exception {
        create();
        for (int i = 0; i < 3; i++) {
            post("/experiments/banner/decisions", "");
        }
        post("/experiments/banner/feedback", "{\"decision\": 0, \"outcome\": 0.5}");
        get("/experiments/none");
        get("/made/up/" + Math.random());
        DecisionClient.Answer metrics = get("/metrics");
        assertThat(metrics.type()).startsWith("text/plain").contains("version=0.0.4");
        assertThat(metrics.text().lines())
                .contains(
                        "steelyard_decisions_total{experiment=\"banner\"} 3.0",
                        "steelyard_feedback_total{experiment=\"banner\"} 1.0",
                        "steelyard_expired_total{experiment=\"banner\"} 0.0",
                        "steelyard_pending_decisions{experiment=\"banner\"} 2.0",
                        "steelyard_http_requests_total{method=\"POST\",route=\"/experiments/{id}/decisions\","
                                + "status=\"200\"} 3.0",
                        "steelyard_http_requests_total{method=\"GET\",route=\"/experiments/{id}\",status=\"404\"} 1.0",
                        "steelyard_http_request_seconds_count{method=\"POST\",route=\"/experiments/{id}/decisions\"}"
                                + " 3",
                        "steelyard_log_commit_failures_total 0.0")
                .anyMatch(line -> line.startsWith("steelyard_log_commit_seconds_bucket{le=\"0.005\"}"))
                .anyMatch(line -> line.startsWith("steelyard_log_commit_writes_sum"))
                .noneMatch(line -> line.contains("/made/up"));
    }
}
