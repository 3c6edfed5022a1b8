package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

    private static final int NOT_WELL = 3;

    @Test
    void everythingThatTheTestsThemselvesNeedIsWell() throws IOException {
        Steelyard.Outcome outcome = Steelyard.run("doctor", "--json");
        JsonNode checks = new ObjectMapper().readTree(outcome.out());
        for (String name : new String[] {"java", "libtorch", "linear algebra", "tokenizers", "text", "memory"}) {
            assertThat(checks.path(name).path("well").asBoolean())
                    .as(name + " " + checks.path(name))
                    .isTrue();
        }
        assertThat(checks.path("text").path("finding").asText()).contains("117791 glosses", "9433 pairs");
        assertThat(checks.path("memory").path("finding").asText()).containsPattern("^[0-9]+ of [0-9]+ MiB free");
        assertThat(checks.has("processor")).isTrue();
        boolean allWell =
                checks.valueStream().allMatch(check -> check.path("well").asBoolean());
        assertThat(outcome.code()).isEqualTo(allWell ? 0 : NOT_WELL);
    }
}
