package dev.steelyard.studio.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.studio.web.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions whose outcome never comes. */
class ExpiryTest {

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T09:00:00Z"));

    private DecisionService service() {
        return new DecisionService(folder.resolve("decide.db").toString(), now::get);
    }

    private void pass(String duration) {
        now.updateAndGet(time -> time.plus(Duration.parse(duration)));
    }

    private static void create(DecisionService service) {
        service.create(Json.object("{\"id\": \"e\", \"learner\": \"exp3\", \"arms\": [\"a\", \"b\"], \"seed\": 3,"
                + " \"expireAfter\": \"P3D\"}"));
    }

    private static void learn(DecisionService service, long decision) {
        service.feedback("e", Json.object("{\"decision\": " + decision + ", \"outcome\": 0.25}"));
    }

    @Test
    void aDecisionIsGivenUpAfterItsTimeAndNotBefore() {
        try (DecisionService service = service()) {
            create(service);
            service.decide("e", Json.object()); // 0, on the first day
            pass("P1D");
            service.decide("e", Json.object()); // 1, on the second
            pass("P1DT23H59M59S");
            learn(service, 0); // a second before its time
            pass("PT1S");
            service.decide("e", Json.object()); // 2
            pass("P1D");
            service.expire();
            assertThat(service.describe("e").get("expired").asLong()).isEqualTo(1);
            assertThat(service.describe("e").get("open").asLong()).isEqualTo(1);
            assertThat(service.describe("e").get("expireAfter").asText()).isEqualTo("PT72H");
            assertThatThrownBy(() -> learn(service, 1))
                    .isInstanceOf(ExpiredException.class)
                    .hasMessageContaining("decision 1 expired at 2026-03-05T09:00:00Z")
                    .hasMessageContaining("longer expireAfter");
            learn(service, 0); // the same again is fine
            learn(service, 2);
        }
    }

    /** Feedback that is the first to come after the time is refused by itself, and durably so. */
    @Test
    void lateFeedbackIsRefusedThoughNobodyLookedBefore() {
        String log;
        try (DecisionService service = service()) {
            create(service);
            service.decide("e", Json.object());
            pass("P3D");
            assertThatThrownBy(() -> learn(service, 0)).isInstanceOf(ExpiredException.class);
            log = log(service);
            assertThat(log).contains("\"expired\":true").doesNotContain("outcome");
        }
        now.set(Instant.parse("2026-03-01T10:00:00Z"));
        try (DecisionService service = service()) {
            assertThatThrownBy(() -> learn(service, 0)).isInstanceOf(ExpiredException.class);
            assertThat(log(service)).isEqualTo(log);
        }
    }

    private static String log(DecisionService service) {
        List<String> lines = new ArrayList<>();
        service.export("e", lines::add);
        return String.join("\n", lines);
    }

    /** By replay of the whole log, and from a snapshot in its midst. */
    @Test
    void aRestartKnowsTheSame() {
        String state;
        String described;
        try (DecisionService service = service()) {
            create(service);
            for (int i = 0; i < 300; i++) {
                service.decide("e", Json.object());
                if (i % 3 == 0) {
                    learn(service, i);
                }
                pass("PT1H");
            }
            state = service.state("e").toString();
            described = service.describe("e").toString();
            assertThat(service.describe("e").get("expired").asLong()).isGreaterThan(100);
            assertThat(service.describe("e").get("open").asLong()).isBetween(40L, 60L);
        }
        try (DecisionService service = service()) {
            assertThat(service.state("e")).hasToString(state);
            assertThat(service.describe("e")).hasToString(described);
            pass("P3D");
            service.expire();
            assertThat(service.describe("e").get("open").asLong()).isZero();
        }
    }

    @Test
    void whatWaitsComesBackFromASnapshot() {
        Duration patience = Duration.ofMinutes(1);
        WaitingDecisions waiting = new WaitingDecisions(patience);
        Instant made = Instant.parse("2026-03-01T09:00:00.123456789Z");
        waiting.add(7, made);
        waiting.add(9, made.plusSeconds(5));
        WaitingDecisions back = WaitingDecisions.from(waiting.state(), patience);
        assertThat(back.state()).isEqualTo(waiting.state());
        assertThat(back.overdue(made.plus(patience).minusNanos(1))).isEmpty();
        assertThat(back.overdue(made.plus(patience))).hasValue(7);
        back.remove(7);
        assertThat(back.overdue(made.plus(patience))).isEmpty();
        assertThat(back.isOverdue(9, made.plus(patience).plusSeconds(5))).isTrue();
    }

    @Test
    void withoutATimeDecisionsWaitForever() {
        try (DecisionService service = service()) {
            service.create(Json.object("{\"id\": \"e\", \"learner\": \"exp3\", \"arms\": [\"a\", \"b\"]}"));
            service.decide("e", Json.object());
            pass("P3650D");
            service.expire();
            learn(service, 0);
        }
    }
}
