package dev.steelyard.studio.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each wrong request gets one error that says what to mend, and changes nothing. */
class BadRequestsTest {

    @TempDir
    Path folder;

    private DecisionService service;
    private DecisionServer server;
    private DecisionClient client;

    @BeforeEach
    void start() throws Exception {
        service = new DecisionService(folder.resolve("decide.db").toString());
        server = new DecisionServer(service, ServerOptions.local(0));
        client = new DecisionClient(server);
        client.post("/experiments", "{\"id\": \"e\", \"learner\": \"exp3\", \"arms\": [\"red\", \"blue\"]}");
        client.post(
                "/experiments",
                "{\"id\": \"g\", \"learner\": \"groupwise-regret\","
                        + " \"options\": {\"groups\": 2, \"features\": 1}}");
        client.post("/experiments/e/decisions", "");
        client.post("/experiments/e/decisions", "");
        client.post("/experiments/e/feedback", "{\"decision\": 0, \"outcome\": {\"reward\": 1}}");
    }

    @AfterEach
    void stop() {
        server.close();
        service.close();
    }

    private String everything() throws Exception {
        return client.get("/experiments").text()
                + client.get("/experiments/e/state").text()
                + client.get("/experiments/e/log").text()
                + client.get("/experiments/g/state").text();
    }

    private void refused(int status, String message, String path, String body) throws Exception {
        String before = everything();
        DecisionClient.Answer answer = client.post(path, body);
        assertThat(answer.status()).as(path + " " + body + ": " + answer.text()).isEqualTo(status);
        assertThat(answer.error()).contains(message);
        assertThat(everything()).as("after " + path + " " + body).isEqualTo(before);
    }

    @Test
    void experiments() throws Exception {
        String path = "/experiments";
        refused(400, "'id' must be a text", path, "{\"learner\": \"ucb1\", \"arms\": [\"a\"]}");
        refused(400, "'id' must be a text", path, "{\"id\": 7, \"learner\": \"ucb1\", \"arms\": [\"a\"]}");
        refused(400, "'id' must be a text", path, "{\"id\": \"../e\", \"learner\": \"ucb1\", \"arms\": [\"a\"]}");
        refused(400, "which are not first", path, "{\"id\": \"..\", \"learner\": \"ucb1\", \"arms\": [\"a\"]}");
        refused(400, "'learner' is missing; there are", path, "{\"id\": \"x\"}");
        refused(400, "'options' must be an object", path, "{\"id\": \"x\", \"learner\": \"ucb1\", \"options\": 3}");
        refused(400, "no option 'arm'", path, "{\"id\": \"x\", \"learner\": \"ucb1\", \"options\": {\"arm\": 3}}");
        refused(400, "array of names", path, "{\"id\": \"x\", \"learner\": \"ucb1\", \"arms\": 3}");
        refused(400, "each once", path, "{\"id\": \"x\", \"learner\": \"ucb1\", \"arms\": [\"a\", \"a\"]}");
        refused(400, "each once", path, "{\"id\": \"x\", \"learner\": \"ucb1\", \"arms\": [\"a\", 1]}");
        refused(
                400,
                "leave options.arms out",
                path,
                "{\"id\": \"x\", \"learner\": \"ucb1\", \"arms\": [\"a\"], \"options\": {\"arms\": 2}}");
        refused(
                400,
                "no arms that could be named",
                path,
                "{\"id\": \"x\", \"learner\": \"groupwise-regret\", \"arms\": [\"a\"],"
                        + " \"options\": {\"groups\": 2, \"features\": 1}}");
        refused(
                400,
                "'seed' must be",
                path,
                "{\"id\": \"x\", \"learner\": \"ucb1\", \"arms\": [\"a\"], \"seed\": 1.5}");
        refused(
                400,
                "'seed' must be",
                path,
                "{\"id\": \"x\", \"learner\": \"ucb1\", \"arms\": [\"a\"], \"seed\": 1e30}");
        refused(400, "a field 'sead'", path, "{\"id\": \"x\", \"learner\": \"ucb1\", \"arms\": [\"a\"], \"sead\": 1}");
        for (String duration : new String[] {"3", "\"3 days\"", "\"PT0S\"", "\"-P1D\""}) {
            refused(
                    400,
                    "such as \"PT90M\"",
                    path,
                    "{\"id\": \"x\", \"learner\": \"ucb1\", \"arms\": [\"a\"], \"expireAfter\": " + duration + "}");
        }
        refused(409, "take another id", path, "{\"id\": \"e\", \"learner\": \"ucb1\", \"arms\": [\"a\"]}");
    }

    @Test
    void experimentsThatAreTooLarge() throws Exception {
        for (String learner : new String[] {"ucb1", "thompson", "exp3"}) {
            refused(
                    400,
                    "a service has room for",
                    "/experiments",
                    "{\"id\": \"x\", \"learner\": \"" + learner + "\", \"options\": {\"arms\": 2000000000}}");
        }
        refused(
                400,
                "more memory than the service has",
                "/experiments",
                "{\"id\": \"x\", \"learner\": \"groupwise-regret\","
                        + " \"options\": {\"groups\": 2, \"features\": 2000000000}}");
        refused(
                400,
                "a service has room for",
                "/experiments/e/evaluate",
                "{\"learner\": \"thompson\", \"options\": {\"arms\": 100000000}}");
    }

    @Test
    void bodies() throws Exception {
        refused(400, "this is no JSON: Non-standard token 'NaN' at line 1, column", "/experiments", "{\"a\": NaN}");
        for (String path : new String[] {"/experiments/e/feedback", "/experiments/e/decisions", "/experiments"}) {
            refused(400, "no JSON", path, "{\"decision\": 0");
            refused(400, "no JSON", path, "{} {}");
            refused(400, "no JSON", path, "{\"decision\": 0, \"decision\": 1}");
            refused(400, "must be a JSON object", path, "[1]");
            refused(400, "no JSON", path, "[".repeat(5000));
            refused(413, "larger than 65536 bytes", path, " ".repeat(70_000));
        }
        String before = everything();
        assertThat(client.stream("POST", "/experiments/e/decisions", " ".repeat(200_000) + "{}")
                        .status())
                .as("a large body whose length is not told")
                .isEqualTo(413);
        assertThat(everything()).isEqualTo(before);
        assertThat(client.get("/experiment").error())
                .contains("GET /experiment;")
                .contains("/openapi.json");
        assertThat(client.send("DELETE", "/experiments/e", "").status()).isIn(404, 405);
    }

    @Test
    void decisions() throws Exception {
        refused(404, "POST /experiments makes one", "/experiments/none/decisions", "");
        refused(400, "a field 'contxt'", "/experiments/e/decisions", "{\"contxt\": [1]}");
        String path = "/experiments/g/decisions";
        refused(400, "groups must be an array", path, "");
        refused(400, "x must be an array", path, "{\"context\": {\"groups\": [0], \"x\": \"far\"}}");
        refused(400, "", path, "{\"context\": {\"groups\": [7], \"x\": [1]}}");
        refused(400, "", path, "{\"context\": {\"groups\": [0], \"x\": [1, 2]}}");
        refused(400, "", path, "{\"context\": {\"groups\": [0], \"x\": [1e999]}}");
    }

    @Test
    void feedback() throws Exception {
        String path = "/experiments/e/feedback";
        refused(404, "no experiment 'none'", "/experiments/none/feedback", "{\"decision\": 0, \"outcome\": 1}");
        refused(400, "'decision' is missing", path, "{\"outcome\": 1}");
        refused(400, "'decision' must be an integer", path, "{\"decision\": \"0\", \"outcome\": 1}");
        refused(400, "'decision' must be an integer", path, "{\"decision\": 0.5, \"outcome\": 1}");
        refused(400, "'decision' must be an integer", path, "{\"decision\": 1e30, \"outcome\": 1}");
        refused(400, "'outcome' is missing", path, "{\"decision\": 1}");
        refused(400, "'outcome' is missing", path, "{\"decision\": 1, \"outcome\": null}");
        refused(400, "a field 'arm'", path, "{\"decision\": 1, \"outcome\": 1, \"arm\": \"green\"}");
        refused(404, "was never made; 2 were made", path, "{\"decision\": 2, \"outcome\": 1}");
        refused(404, "was never made", path, "{\"decision\": -1, \"outcome\": 1}");
        refused(400, "no JSON", path, "{\"decision\": 1, \"outcome\": NaN}");
        refused(422, "must be", path, "{\"decision\": 1, \"outcome\": \"NaN\"}");
        refused(422, "in [0, 1]", path, "{\"decision\": 1, \"outcome\": 1e999}");
        refused(422, "in [0, 1]", path, "{\"decision\": 1, \"outcome\": -0.1}");
        refused(422, "must be", path, "{\"decision\": 1, \"outcome\": {\"reward\": 1, \"loss\": 0}}");
        refused(409, "which stands", path, "{\"decision\": 0, \"outcome\": {\"reward\": 0}}");
        refused(409, "which stands", path, "{\"decision\": 0, \"outcome\": 1e999}");
        JsonNode same = client.post(path, "{\"decision\": 0, \"outcome\": {\"reward\": 1.0}}")
                .json();
        assertThat(same.get("repeated").asBoolean())
                .as("1 and 1.0 are one outcome")
                .isTrue();
    }

    @Test
    void evaluations() throws Exception {
        String path = "/experiments/e/evaluate";
        refused(400, "no learner 'x'", path, "{\"learner\": \"x\"}");
        refused(400, "with 1 arms", path, "{\"learner\": \"uniform\", \"options\": {\"arms\": 1}}");
        refused(400, "'seed' must be", path, "{\"learner\": \"uniform\", \"seed\": \"x\"}");
        refused(400, "", path, "{\"learner\": \"groupwise-regret\", \"options\": {\"groups\": 2, \"features\": 1}}");
        refused(
                400,
                "no decision with feedback",
                "/experiments/g/evaluate",
                "{\"learner\": \"uniform\"," + " \"options\": {\"arms\": 2}}");
        assertThat(client.post(path, "{\"learner\": \"uniform\"}").status())
                .as("the experiment's number of arms is the default")
                .isEqualTo(200);
    }
}
