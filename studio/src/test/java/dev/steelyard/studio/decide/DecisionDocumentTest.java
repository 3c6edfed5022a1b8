package dev.steelyard.studio.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steelyard.studio.web.OpenApiContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document that is served says what is served. */
class DecisionDocumentTest {

    private final OpenApiContract contract = new OpenApiContract(DecisionServer.DOCUMENT);

    @TempDir
    Path folder;

    @Test
    void everyRouteStandsInTheDocumentAndEveryOperationIsServed() {
        try (DecisionService service =
                        new DecisionService(folder.resolve("decide.db").toString());
                DecisionServer server = new DecisionServer(service, ServerOptions.local(0))) {
            contract.describes(OpenApiContract.routes(server.javalin(), path -> true));
        }
    }

    @Test
    void everyExampleFitsItsSchema() {
        assertThat(contract.examplesAreValid()).isGreaterThan(20);
    }

    @Test
    void answersAreWhatTheDocumentPromises() throws Exception {
        try (DecisionService service =
                        new DecisionService(folder.resolve("decide.db").toString());
                DecisionServer server = new DecisionServer(service, ServerOptions.local(0))) {
            String one = "/experiments/banner";
            ask(server, "GET /openapi.json", "/openapi.json", "", 200);
            ask(server, "GET /health", "/health", "", 200);
            ask(server, "GET /metrics", "/metrics", "", 200);
            ask(server, "GET /learners", "/learners", "", 200);
            String banner = "{\"id\": \"banner\", \"learner\": \"uniform\", \"arms\": [\"red\", \"blue\"]}";
            ask(server, "POST /experiments", "/experiments", banner, 201);
            ask(server, "POST /experiments", "/experiments", banner, 409);
            ask(server, "POST /experiments", "/experiments", "[]", 400);
            ask(server, "POST /experiments", "/experiments", " ".repeat(100_000), 413);
            ask(server, "GET /experiments", "/experiments", "", 200);
            ask(server, "GET /experiments/{id}", one, "", 200);
            ask(server, "GET /experiments/{id}", "/experiments/none", "", 404);
            ask(server, "GET /experiments/{id}/state", one + "/state", "", 200);
            String decide = "POST /experiments/{id}/decisions";
            ask(server, decide, one + "/decisions", "", 200);
            ask(server, decide, one + "/decisions", "{}", 200);
            String learn = "POST /experiments/{id}/feedback";
            ask(server, learn, one + "/feedback", "{\"decision\": 0, \"outcome\": {\"reward\": 1}}", 200);
            ask(server, learn, one + "/feedback", "{\"decision\": 0, \"outcome\": 0.5}", 409);
            ask(server, learn, one + "/feedback", "{\"decision\": 1, \"outcome\": 5}", 422);
            ask(server, "GET /experiments/{id}/log", one + "/log", "", 200);
            ask(
                    server,
                    "POST /experiments/{id}/evaluate",
                    one + "/evaluate",
                    "{\"learner\": \"uniform\", \"options\": {\"arms\": 2}}",
                    200);
        }
    }

    private void ask(DecisionServer server, String operation, String path, String body, int status) throws Exception {
        DecisionClient.Answer answer = new DecisionClient(server).send(operation.split(" ")[0], path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        contract.promises(operation, status, answer.type(), answer.text());
    }
}
