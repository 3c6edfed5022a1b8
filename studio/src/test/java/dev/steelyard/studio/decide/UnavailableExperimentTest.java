package dev.steelyard.studio.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.studio.web.Json;
import dev.steelyard.studio.web.OpenApiContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An experiment whose log this version cannot replay stands beside others that go on. */
class UnavailableExperimentTest {

    private static final int DECISIONS = 20;
    /** So that the last decision comes after the only snapshot. */
    private static final long SNAPSHOT_EVERY = 27;

    @TempDir
    Path folder;

    /** An experiment 'old' and an experiment 'new', both with decisions, outcomes, an expiry and a snapshot. */
    @BeforeEach
    void write() {
        Instant[] now = {Instant.parse("2026-03-01T09:00:00Z")};
        try (DecisionService service = new DecisionService(data(), () -> now[0], SNAPSHOT_EVERY)) {
            for (String id : List.of("old", "new")) {
                service.create(Json.object("{\"id\": \"" + id + "\", \"learner\": \"thompson\", \"seed\": 1,"
                        + " \"arms\": [\"a\", \"b\"], \"expireAfter\": \"P1D\"}"));
                for (int i = 0; i < DECISIONS; i++) {
                    service.decide(id, Json.object());
                    if (i % 2 == 0) {
                        service.feedback(id, Json.object("{\"decision\": " + i + ", \"outcome\": 0.25}"));
                    }
                }
            }
            now[0] = now[0].plusSeconds(24 * 3600);
            service.expire();
        }
    }

    private String data() {
        return folder.resolve("decide.db").toString();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data());
                Statement execution = connection.createStatement()) {
            for (String statement : statements) {
                execution.execute(statement);
            }
        }
    }

    /** As if another version had decided otherwise, after the snapshot. */
    private void decideOtherwise() throws SQLException {
        execute("UPDATE events SET body = 1 - body WHERE experiment = 'old' AND number ="
                + " (SELECT MAX(number) FROM events WHERE experiment = 'old' AND kind = 'DECISION')");
    }

    private String rows() throws SQLException {
        StringBuilder rows = new StringBuilder();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data());
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("SELECT number || kind || decision || time || body FROM events"
                        + " WHERE experiment = 'old' UNION ALL SELECT events || state FROM snapshots"
                        + " WHERE experiment = 'old'")) {
            while (row.next()) {
                rows.append(row.getString(1)).append('\n');
            }
        }
        return rows.toString();
    }

    @Test
    void theOthersGoOnAndItsDataStayAsTheyAre() throws Exception {
        decideOtherwise();
        String before = rows();
        try (DecisionService service = new DecisionService(data());
                DecisionServer server = new DecisionServer(service, ServerOptions.local(0))) {
            DecisionClient client = new DecisionClient(server);
            assertThat(service.unavailable()).containsOnlyKeys("old");
            assertThat(client.post("/experiments/new/decisions", "").status()).isEqualTo(200);
            assertThat(client.get("/health").status()).isEqualTo(200);
            assertThat(client.get("/metrics").text())
                    .contains("steelyard_unavailable_experiments 1.0")
                    .contains("steelyard_decisions_total{experiment=\"old\"} " + (double) DECISIONS);
            for (DecisionClient.Answer answer : List.of(
                    client.post("/experiments/old/decisions", ""),
                    client.post("/experiments/old/feedback", "{\"decision\": 0, \"outcome\": 0.25}"),
                    client.get("/experiments/old/state"))) {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.error())
                        .contains("experiment 'old' is unavailable")
                        .contains("'thompson' decides")
                        .contains("at decision " + (DECISIONS - 1))
                        .contains("serve it with the version that wrote it")
                        .contains("GET /experiments/old/log");
            }
            assertThat(client.post("/experiments", "{\"id\": \"old\", \"learner\": \"uniform\", \"arms\": [\"a\"]}")
                            .status())
                    .isEqualTo(409);

            OpenApiContract contract = new OpenApiContract(DecisionServer.DOCUMENT);
            DecisionClient.Answer one = client.get("/experiments/old");
            contract.promises("GET /experiments/{id}", 200, one.type(), one.text());
            assertThat(one.json().get("unavailable").asText()).contains("another version");
            assertThat(one.json().get("decisions").asLong()).isEqualTo(DECISIONS);
            assertThat(one.json().get("expired").asLong()).isEqualTo(DECISIONS / 2);
            assertThat(one.json().get("open").asLong()).isZero();
            JsonNode all = client.get("/experiments").json();
            assertThat(all).hasSize(2);
            assertThat(all.get(0).has("unavailable")).isFalse();
            assertThat(all.get(1).has("unavailable")).isTrue();

            DecisionClient.Answer log = client.get("/experiments/old/log");
            assertThat(log.status()).isEqualTo(200);
            assertThat(log.text().lines()).hasSize(2 * DECISIONS);
            assertThat(client.post("/experiments/old/evaluate", "{\"learner\": \"uniform\"}")
                            .json()
                            .get("decisions")
                            .asLong())
                    .isEqualTo(DECISIONS / 2);
        }
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void anUnavailableOneKeepsNoOtherFromExpiring() throws Exception {
        try (DecisionService service = new DecisionService(data())) {
            service.decide("new", Json.object());
            service.decide("old", Json.object());
        }
        decideOtherwise();
        InstantSource later = () -> Instant.now().plusSeconds(48 * 3600);
        try (DecisionService service = new DecisionService(data(), later)) {
            service.expire();
            assertThat(service.describe("new").get("open").asLong()).isZero();
            assertThat(service.describe("old").get("open").asLong()).isEqualTo(1);
        }
    }

    @Test
    void aLearnerThatIsGoneIsNamedAndServedAgainWhenItIsBack() throws SQLException {
        execute("UPDATE experiments SET learner = 'oracle' WHERE id = 'old'");
        try (DecisionService service = new DecisionService(data())) {
            assertThatThrownBy(() -> service.decide("old", Json.object()))
                    .isInstanceOf(UnavailableExperimentException.class)
                    .hasMessageContaining("its learner 'oracle' is not in this version, which has");
            assertThat(service.decide("new", Json.object()).get("id").asLong()).isEqualTo(DECISIONS);
        }
        execute("UPDATE experiments SET learner = 'thompson' WHERE id = 'old'");
        try (DecisionService service = new DecisionService(data())) {
            assertThat(service.unavailable()).isEmpty();
            assertThat(service.decide("old", Json.object()).get("id").asLong()).isEqualTo(DECISIONS);
        }
    }

    @Test
    void aGapInTheLogMakesOneUnavailable() throws SQLException {
        execute("DELETE FROM snapshots", "DELETE FROM events WHERE experiment = 'old' AND number = 5");
        try (DecisionService service = new DecisionService(data())) {
            assertThat(service.unavailable()).containsOnlyKeys("old");
            assertThat(service.unavailable().get("old"))
                    .contains("lacks event 5")
                    .contains("restore it from a copy");
        }
    }

    /** The log has all that the snapshot sums up. */
    @Test
    void aSnapshotOfAnotherVersionIsDoneWithout() throws SQLException {
        String state;
        List<String> log = new ArrayList<>();
        try (DecisionService service = new DecisionService(data())) {
            state = service.state("old").toString();
            service.export("old", log::add);
        }
        execute("UPDATE snapshots SET state = '{\"of\":\"experiment\",\"decisions\":3}' WHERE experiment = 'old'");
        try (DecisionService service = new DecisionService(data())) {
            assertThat(service.unavailable()).isEmpty();
            assertThat(service.state("old")).hasToString(state);
            List<String> again = new ArrayList<>();
            service.export("old", again::add);
            assertThat(again).isEqualTo(log);
        }
    }
}
