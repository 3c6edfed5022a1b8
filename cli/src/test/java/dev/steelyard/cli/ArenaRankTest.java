package dev.steelyard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArenaRankTest {

    @TempDir
    Path folder;

    private Path votes;

    @BeforeEach
    void write() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            lines.add("sonata, opus = etude, fugue");
            lines.add("opus, etude");
            lines.add(i % 5 == 0 ? "fugue, etude" : "etude, fugue");
        }
        votes = Files.write(folder.resolve("votes.csv"), lines);
    }

    private static Steelyard.Outcome rank(Object... more) {
        Object[] words = new Object[more.length + 2];
        words[0] = "arena";
        words[1] = "rank";
        System.arraycopy(more, 0, words, 2, more.length);
        return Steelyard.run(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"krank", "pair-sum", "bradley-terry", "elo", "glicko2"})
    void everyModelFindsTheOrder(String model) {
        Steelyard.Outcome ranked = rank(votes, "--model", model);
        assertThat(ranked.code()).as(ranked.err()).isZero();
        assertThat(ranked.out())
                .containsPattern("(?s)1 +sonata .*2 +opus .*3 +etude .*4 +fugue ")
                .contains("4 items, 90 votes");
    }

    @Test
    void jsonAndFilesSayTheSame() throws IOException {
        Path csv = folder.resolve("board.csv");
        Path json = folder.resolve("board.json");
        Steelyard.Outcome ranked = rank(votes, "--json", "--out", json);
        assertThat(ranked.code()).as(ranked.err()).isZero();
        assertThat(ranked.out())
                .contains("\"ballots\" : 90", "\"item\" : \"sonata\"", "\"settledNeighbours\"")
                .isEqualToIgnoringWhitespace(Files.readString(json));
        assertThat(rank(votes, votes, "--model", "elo", "--out", csv).code()).isZero();
        assertThat(Files.readString(csv))
                .startsWith("rank,item,score,mean,deviation,lower,upper,votes\n1,sonata,")
                .contains(",,,,60\n");
        assertThat(rank(votes, "--model", "elo", "--json").out()).contains("\"deviation\" : null");
    }

    @Test
    void aPairwiseLogIsRead() throws IOException {
        Path log = Files.writeString(
                folder.resolve("log.csv"), "model_a,model_b,winner\nx,y,model_b\nx,y,model_b\nx,z,tie\n");
        assertThat(rank(log).out()).containsPattern("1 +y ").contains("3 items, 3 votes");
    }

    /** b won where the matchmaker seldom let them meet: that vote stands for ten. */
    @Test
    void matchesCanCountAsIfEquallyLikely() throws IOException {
        Path log = Files.writeString(
                folder.resolve("log.csv"), "models,ranks,propensity\n" + "a;b,0;1,1\n".repeat(3) + "a;b,1;0,0.1\n");
        assertThat(rank(log, "--model", "bradley-terry").out()).containsPattern("1 +a ");
        assertThat(rank(log, "--model", "bradley-terry", "--inverse-propensity").out())
                .containsPattern("1 +b ");
        assertRefused(rank(votes, "--model", "bradley-terry", "--inverse-propensity"), votes + ":1", "no propensity");
        assertRefused(rank(log, "--inverse-propensity"), "bradley-terry, not krank");
    }

    private static void assertRefused(Steelyard.Outcome outcome, Object... told) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(ErrorMessages.BAD_INPUT);
        assertThat(outcome.err()).doesNotContain("\tat ", "Exception");
        for (Object part : told) {
            assertThat(outcome.err()).contains(part.toString());
        }
    }

    @Test
    void badInputIsToldByFileAndLine() throws IOException {
        Path twice = Files.writeString(folder.resolve("twice.csv"), "a, b\na, b, a\n");
        Path board = folder.resolve("board.csv");
        assertRefused(rank(twice, "--out", board), twice + ":2: ", "names 'a' twice");
        assertThat(board).doesNotExist();
        Path empty = Files.writeString(folder.resolve("empty.csv"), "\n");
        assertRefused(rank(empty), "there is no vote in " + empty, "one ballot a line");
        Path missing = folder.resolve("missing.csv");
        assertRefused(rank(missing), "there is no file " + missing);
        assertRefused(rank(votes, "--model", "trueskill"), "no model is called 'trueskill'", "glicko2");
        assertRefused(rank(votes, "--out", folder.resolve("board.txt")), "*.csv or *.json");
        assertRefused(rank(votes, "--model", "pair-sum", "--floor", 0), "varianceFloor must be in (0, 1]");
        assertRefused(rank(votes, "--model", "bradley-terry", "--bootstrap", 1), "bootstrap must be at least 2");
        assertRefused(rank());
    }

    @Test
    void arenaAloneShowsItsCommands() {
        Steelyard.Outcome outcome = Steelyard.run("arena");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("rank").contains("steelyard arena rank votes.csv");
    }
}
