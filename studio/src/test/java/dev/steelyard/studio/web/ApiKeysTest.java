package dev.steelyard.studio.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {

    @TempDir
    Path folder;

    private ApiKeys read(String... lines) throws IOException {
        return ApiKeys.read(Files.write(folder.resolve("keys"), List.of(lines)));
    }

    @Test
    void readOnlyKeysLookAndOthersChange() throws IOException {
        ApiKeys keys = read("alpha", "", "  read-only beta  ");
        assertThat(keys).isEqualTo(new ApiKeys(Set.of("alpha"), Set.of("beta")));
        assertThat(keys.mayLook("alpha")).isTrue();
        assertThat(keys.mayLook("beta")).isTrue();
        assertThat(keys.mayChange("alpha")).isTrue();
        assertThat(keys.mayChange("beta")).isFalse();
        for (String other : new String[] {null, "", "gamma", "read-only beta", "alph"}) {
            assertThat(keys.mayLook(other)).isFalse();
            assertThat(keys.mayChange(other)).isFalse();
        }
        assertThat(keys.toString()).doesNotContain("alpha").doesNotContain("beta");
    }

    @Test
    void aFileThatIsUnclearIsRefusedWithoutRepeatingAKey() {
        assertThatThrownBy(() -> read("alpha beta"))
                .hasMessageContaining("keys:1")
                .hasMessageNotContaining("alpha");
        assertThatThrownBy(() -> read("alpha", "read-only alpha"))
                .hasMessageContaining("both")
                .hasMessageNotContaining("alpha");
        assertThatThrownBy(() -> read("  ")).hasMessageContaining("no key");
    }
}
