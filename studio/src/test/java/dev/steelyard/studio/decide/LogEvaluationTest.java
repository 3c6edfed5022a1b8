package dev.steelyard.studio.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.online.evaluate.LoggedDecision;
import dev.steelyard.studio.storage.GroupCommit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogEvaluationTest {

    @TempDir
    Path folder;

    /** Outcomes come late, out of order, never, or after an expiry; pages end anywhere between. */
    @Test
    void aLogIsReadInPagesAsItIs() {
        try (EventLog log = new EventLog(folder.resolve("decide.db").toString(), GroupCommit.Listener.NONE)) {
            log.create(new Definition("e", "uniform", "{\"arms\":3}", 1, "", "2026-01-01", Optional.empty()));
            SplittableRandom random = new SplittableRandom(1);
            List<Long> open = new ArrayList<>();
            TreeMap<Long, String> expected = new TreeMap<>();
            long number = 0;
            for (long decision = 0; number < 7000; decision++) {
                long arm = decision % 3;
                append(log, number++, Event.Kind.DECISION, decision, String.valueOf(arm), 0.25);
                open.add(decision);
                while (open.size() > 300 || !open.isEmpty() && random.nextInt(3) > 0) {
                    long ended = open.remove(random.nextInt(open.size()));
                    boolean expires = random.nextInt(4) == 0;
                    append(
                            log,
                            number++,
                            expires ? Event.Kind.EXPIRED : Event.Kind.OUTCOME,
                            ended,
                            expires ? "null" : "0." + ended + "1",
                            0);
                    if (!expires) {
                        expected.put(ended, ended % 3 + " 0.25 0." + ended + "1");
                    }
                }
            }
            log.flush();
            LoggedDecisions decisions = log.decisions("e");
            assertThat(decisions.events()).isEqualTo(number);
            append(log, number, Event.Kind.DECISION, 1 << 20, "0", 0.25);
            append(log, number + 1, Event.Kind.OUTCOME, 1 << 20, "1", 0);
            log.flush();
            assertThat(expected).hasSizeGreaterThan(2000);
            for (int reading = 0; reading < 2; reading++) {
                List<String> read = new ArrayList<>();
                for (LoggedDecision<JsonNode, JsonNode, JsonNode> each : decisions) {
                    read.add(each.action() + " " + each.propensity() + " " + each.outcome());
                }
                assertThat(read).isEqualTo(List.copyOf(expected.values()));
            }
        }
    }

    private static void append(
            EventLog log, long number, Event.Kind kind, long decision, String body, double propensity) {
        log.append(new Event("e", number, kind, decision, Instant.EPOCH, null, body, propensity));
    }
}
