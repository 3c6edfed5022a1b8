package dev.steelyard.studio.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.studio.storage.StorageException;
import dev.steelyard.studio.web.Json;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that refuses some writes while many ask: what was refused leaves neither a gap nor a trace. */
class FailedWritesTest {

    @TempDir
    Path folder;

    private void execute(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("decide.db"));
                Statement execution = connection.createStatement()) {
            execution.execute("PRAGMA busy_timeout=10000");
            execution.execute(statement);
        }
    }

    private DecisionService service() {
        return new DecisionService(folder.resolve("decide.db").toString());
    }

    @Test
    void theLogHasNoGapsAfterwards() throws Exception {
        Set<Long> decided = ConcurrentHashMap.newKeySet();
        Set<Long> twice = ConcurrentHashMap.newKeySet();
        Set<Long> learnt = ConcurrentHashMap.newKeySet();
        AtomicInteger refused = new AtomicInteger();
        String state;
        try (DecisionService service = service()) {
            service.create(Json.object("{\"id\": \"e\", \"learner\": \"thompson\", \"options\": {\"arms\": 3}}"));
            execute("CREATE TABLE trouble(number INTEGER)");
            execute("CREATE TRIGGER refusal BEFORE INSERT ON events WHEN NEW.number % 50 = 49 AND"
                    + " NOT EXISTS (SELECT 1 FROM trouble WHERE number = NEW.number)"
                    + " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                clients.add(Thread.ofVirtual().start(() -> {
                    for (int call = 0; call < 60; call++) {
                        try {
                            long id =
                                    service.decide("e", Json.object()).get("id").asLong();
                            if (!decided.add(id)) {
                                twice.add(id);
                            }
                            service.feedback("e", Json.object("{\"decision\": " + id + ", \"outcome\": 0.5}"));
                            learnt.add(id);
                        } catch (StorageException e) {
                            refused.incrementAndGet();
                        }
                    }
                }));
            }
            // Each refusal is lifted after a while, so that the log goes on to the next.
            while (clients.stream().anyMatch(Thread::isAlive)) {
                Thread.sleep(20);
                execute("INSERT INTO trouble SELECT MAX(number) + 1 FROM events");
            }
            assertThat(refused).hasPositiveValue();
            assertThat(learnt).isNotEmpty();
            execute("DROP TRIGGER refusal");
            service.decide("e", Json.object());
            state = service.state("e").toString();
        }
        Set<Long> decisions = new HashSet<>();
        Set<Long> outcomes = new HashSet<>();
        try (DecisionService service = service()) {
            assertThat(service.state("e")).hasToString(state);
            service.export("e", line -> {
                var event = Json.object(line);
                (event.has("outcome") ? outcomes : decisions)
                        .add(event.get("decision").asLong());
            });
        }
        assertThat(twice).isEmpty();
        assertThat(decisions).containsAll(decided);
        assertThat(outcomes).containsAll(learnt);
    }

    @Test
    void aRefusedWriteIsToldAndUndone() throws Exception {
        try (DecisionService service = service()) {
            service.create(Json.object("{\"id\": \"e\", \"learner\": \"exp3\", \"options\": {\"arms\": 3}}"));
            service.decide("e", Json.object());
            String before = service.state("e").toString();
            execute("CREATE TRIGGER refusal BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'the disk is full');"
                    + " END");
            assertThatThrownBy(() -> service.decide("e", Json.object()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("nothing was acknowledged")
                    .hasMessageContaining("the disk is full");
            assertThatThrownBy(() -> service.feedback("e", Json.object("{\"decision\": 0, \"outcome\": 0.5}")))
                    .isInstanceOf(StorageException.class);
            assertThat(service.state("e")).hasToString(before);
            execute("DROP TRIGGER refusal");
            assertThat(service.decide("e", Json.object()).get("id").asLong()).isEqualTo(1);
            assertThat(service.feedback("e", Json.object("{\"decision\": 0, \"outcome\": 0.5}"))
                            .get("repeated")
                            .asBoolean())
                    .isFalse();
        }
    }
}
