package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectCommandTest {

    @TempDir
    Path folder;

    private Path votes;
    private Path groups;

    @BeforeEach
    void files() throws IOException {
        votes = Files.write(
                folder.resolve("votes.csv"), List.of("ann,bea,carl,dan", "ann,carl,bea,dan", "bea,ann,dan,carl"));
        groups = Files.write(folder.resolve("groups.csv"), List.of("ann,women", "bea,women", "carl,men", "dan,men"));
    }

    @Test
    void selectsWithAndWithoutSeatsForGroups() {
        Steelyard.Outcome free = Steelyard.run("select", "--rankings", votes, "--k", 2);
        assertThat(free.code()).isZero();
        assertThat(free.out()).startsWith("ann, bea");
        Steelyard.Outcome bounded =
                Steelyard.run("select", "--rankings", votes, "--groups", groups, "--k", 2, "--min", "men=1");
        assertThat(bounded.out()).startsWith("ann, carl").contains("women 1, men 1");
        Steelyard.Outcome table = Steelyard.run(
                "select",
                "--rankings",
                votes,
                "--groups",
                groups,
                "--k",
                2,
                "--quotas",
                "men",
                "--rule",
                "cc",
                "--json");
        assertThat(table.code()).isZero();
        assertThat(table.out()).contains("\"men\"").contains("\"optimal\"");
    }

    @Test
    void allBestCommitteesAreListedOnRequest() throws IOException {
        Path tied = Files.write(folder.resolve("tied.csv"), List.of("ann,bea,carl", "carl,bea,ann"));
        Steelyard.Outcome all = Steelyard.run("select", "--rankings", tied, "--k", 1, "--rule", "sntv", "--all");
        assertThat(all.code()).as(all.err()).isZero();
        assertThat(all.out()).contains("ann  worth 1.0", "carl  worth 1.0").doesNotContain("bea");
        assertThat(Steelyard.run("select", "--rankings", tied, "--k", 1, "--rule", "sntv")
                        .out())
                .startsWith("ann");
        assertThat(Steelyard.run("select", "--rankings", tied, "--k", 1, "--rule", "sntv", "--random-ties", "--seed", 3)
                        .code())
                .isZero();
        assertThat(Steelyard.run("select", "--rankings", tied, "--k", 1, "--all", "--quotas", "G1")
                        .err())
                .contains("leave out --all");
    }

    /** A bound that another option overrides would be dropped without a word. */
    @Test
    void optionsThatExcludeOneAnotherAreRefused() {
        Steelyard.Outcome both = Steelyard.run(
                "select", "--rankings", votes, "--groups", groups, "--k", 2, "--proportional", "--min", "men=2");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("leave out --min and --max");
        assertThat(Steelyard.run(
                                "select",
                                "--rankings",
                                votes,
                                "--groups",
                                groups,
                                "--k",
                                2,
                                "--quotas",
                                "men",
                                "--max",
                                "men=1")
                        .err())
                .contains("leave out --min, --max and --proportional");
    }

    @Test
    void badRequestsAreNamed() {
        assertThat(Steelyard.run("select", "--rankings", votes, "--groups", groups, "--k", 3, "--min", "men=3")
                        .err())
                .contains("group men must have at least 3 seats");
        Steelyard.Outcome unknown = Steelyard.run("select", "--rankings", votes, "--k", 2, "--min", "men=1");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no group 'men'");
        assertThat(Steelyard.run("select", "--rankings", folder.resolve("none.csv"), "--k", 2)
                        .code())
                .isEqualTo(2);
    }

    @Test
    void estimatesSmoothness() {
        Steelyard.Outcome outcome =
                Steelyard.run("smoothness", "--culture", "mallows:0.8", "--bias", "swap:0.5,0.9", "--draws", 20);
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("borda").contains("sntv").contains("rankings that suffice");
        assertThat(Steelyard.run("smoothness", "--bias", "swap:2,0.5").err()).contains("phi");
        assertThat(Steelyard.run("smoothness", "--bias", "rotate").err()).contains("--bias");
    }

    @Test
    void printsTheSameNumbersWhereTheCommaIsDecimal() {
        String out = Steelyard.run("smoothness", "--draws", 20).out();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Steelyard.run("smoothness", "--draws", 20).out())
                    .isEqualTo(out)
                    .contains(" 0.50 ");
        } finally {
            Locale.setDefault(before);
        }
    }
}
