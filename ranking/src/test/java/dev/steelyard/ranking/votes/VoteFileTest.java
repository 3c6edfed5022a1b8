package dev.steelyard.ranking.votes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.ranking.Ballot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoteFileTest {

    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("votes.csv"), List.of(lines));
    }

    private List<Ballot> read(String... lines) throws IOException {
        List<Ballot> ballots = new ArrayList<>();
        assertThat(VoteFile.read(file(lines), ballots::add)).isEqualTo(ballots.size());
        return ballots;
    }

    private void assertRefused(String message, String... lines) throws IOException {
        Path file = file(lines);
        assertThatThrownBy(() -> VoteFile.read(file, ballot -> {}))
                .isInstanceOf(VoteFileException.class)
                .hasMessageStartingWith(file + ":" + lines.length + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void plainLines() throws IOException {
        assertThat(read("# best first", "", "sonata, opus = etude , fugue", "opus,sonata"))
                .containsExactly(
                        Ballot.ranked("line 3", List.of("sonata", "opus", "etude", "fugue"), 0, 1, 1, 2),
                        Ballot.ordered("line 4", "opus", "sonata"));
    }

    /** Tables of spreadsheets begin with a mark; it belongs neither to the first name nor to the array. */
    @Test
    void aByteOrderMarkIsNoPartOfAVote() throws IOException {
        assertThat(read("\uFEFFopus,sonata")).containsExactly(Ballot.ordered("line 1", "opus", "sonata"));
        assertThat(read("\uFEFFmatch,models,ranks", "m1,a;b,0;1")).containsExactly(Ballot.ordered("m1", "a", "b"));
        assertThat(read("\uFEFF", "[{\"model_a\": \"a\", \"model_b\": \"b\", \"winner\": \"model_a\"}]"))
                .extracting(Ballot::items)
                .containsExactly(List.of("a", "b"));
    }

    @Test
    void aTableWithRanksOrWinners() throws IOException {
        assertThat(read(
                        "match,time,models,ranks,winner,voter,display",
                        "m1,2026-01-31T12:00:00Z,a;b;c,0;2;1,,ann,b;a;c",
                        "m2,12.5,\"a, the first;b\",,b,bob,",
                        ",,a;b;c,,tie,,"))
                .containsExactly(
                        Ballot.ranked("m1", List.of("a", "b", "c"), 0, 2, 1)
                                .by("ann")
                                .at(Instant.parse("2026-01-31T12:00:00Z")),
                        Ballot.ranked("m2", List.of("a, the first", "b"), 1, 0)
                                .by("bob")
                                .at(Instant.ofEpochMilli(12_500)),
                        Ballot.ranked("line 4", List.of("a", "b", "c"), 0, 0, 0));
    }

    @Test
    void aPairwiseLogAsPublished() throws IOException {
        assertThat(read(
                        "question_id,model_a,model_b,winner,judge",
                        "q1,x,y,model_a,u1",
                        "q2,x,y,model_b,u2",
                        "q3,x,y,tie,u3",
                        "q4,x,y,tie (bothbad),u4"))
                .containsExactly(
                        Ballot.ranked("q1", List.of("x", "y"), 0, 1).by("u1"),
                        Ballot.ranked("q2", List.of("x", "y"), 1, 0).by("u2"),
                        Ballot.ranked("q3", List.of("x", "y"), 0, 0).by("u3"),
                        Ballot.ranked("q4", List.of("x", "y"), 0, 0).by("u4"));
    }

    /** As a public set of preferences has it: the texts are in the table too, with line ends of their own. */
    @Test
    void aPairwiseLogWithTextsAndOneColumnAWinner() throws IOException {
        assertThat(read(
                        "id,model_a,model_b,prompt,response_a,response_b,winner_model_a,winner_model_b,winner_tie",
                        "30,x,y,\"[\"\"Hello,",
                        "",
                        "you\"\"]\",one,\"two",
                        "three\",1,0,0",
                        "31,x,y,p,q,r,0,1,0",
                        ",y,z,p,q,r,0,0,1"))
                .containsExactly(
                        Ballot.ranked("30", List.of("x", "y"), 0, 1),
                        Ballot.ranked("31", List.of("x", "y"), 1, 0),
                        Ballot.ranked("line 7", List.of("y", "z"), 0, 0));
        assertRefused("both 1", "model_a,model_b,winner_model_a,winner_model_b", "x,y,0,0", "x,y,1,1");
        assertRefused("'winner_model_b' is '2'", "model_a,model_b,winner_model_a,winner_model_b", "x,y,0,2");
    }

    @Test
    void aJsonArrayAsPublished() throws IOException {
        assertThat(read(
                        "",
                        "[{\"question_id\": \"q1\", \"model_a\": \"x\", \"model_b\": \"y\", \"winner\": \"tie"
                                + " (bothbad)\",",
                        "  \"judge\": \"u1\", \"conversation_a\": [{\"role\": \"user\", \"content\": \"Hi\"}],"
                                + " \"tstamp\": 1.5},",
                        " {\"models\": [\"x\", \"y\", \"z\"], \"ranks\": [2, 0, 1]}, {\"model_a\": \"x\", \"model_b\":"
                                + " \"z\",",
                        "  \"winner_model_a\": 0, \"winner_model_b\": 1}]"))
                .containsExactly(
                        Ballot.ranked("q1", List.of("x", "y"), 0, 0).by("u1").at(Instant.ofEpochMilli(1500)),
                        Ballot.ranked("line 4, vote 2", List.of("x", "y", "z"), 2, 0, 1),
                        Ballot.ranked("line 4, vote 3", List.of("x", "z"), 1, 0));
        assertThat(read("[]")).isEmpty();
        assertRefused("what is no object", "[", "{\"models\": [\"a\", \"b\"], \"ranks\": [0, 1]},", "7]");
        assertRefused("names 'a' twice", "[", "{\"models\": [\"a\", \"a\"], \"ranks\": [0, 1]}");
        assertRefused("no JSON", "[{\"models\": [\"a\", \"b\"], \"ranks\": [0, 1]}, {\"models\":}");
    }

    @Test
    void jsonLines() throws IOException {
        assertThat(read(
                        "{\"match\":\"m1\",\"models\":[\"a\",\"b\",\"c\"],\"ranks\":[1,0,1],\"time\":7,\"voter\":\"v\"}",
                        "{\"items\":[\"a\",\"b\"],\"winner\":\"b\"}",
                        "{\"model_a\":\"a\",\"model_b\":\"b\",\"winner\":\"model_b\"}"))
                .containsExactly(
                        Ballot.ranked("m1", List.of("a", "b", "c"), 1, 0, 1)
                                .by("v")
                                .at(Instant.ofEpochSecond(7)),
                        Ballot.ranked("line 2", List.of("a", "b"), 1, 0),
                        Ballot.ranked("line 3", List.of("a", "b"), 1, 0));
    }

    @Test
    void propensitiesAreReadWhereTheyAreTold() throws IOException {
        Path table = file("models,ranks,propensity", "a;b,0;1,0.25", "a;b,0;1,");
        List<RecordedVote> votes = new ArrayList<>();
        VoteFile.readVotes(table, votes::add);
        assertThat(votes.getFirst().inversePropensity()).isEqualTo(4);
        assertThatThrownBy(() -> votes.getLast().inversePropensity())
                .hasMessageContaining("match 'line 3' has no propensity");
        VoteFile.readVotes(file("{\"models\":[\"a\",\"b\"],\"ranks\":[0,1],\"propensity\":0.5}"), votes::add);
        assertThat(votes.getLast().inversePropensity()).isEqualTo(2);
        assertRefused("propensity must be in (0, 1], not 0.0", "models,ranks,propensity", "a;b,0;1,0");
        assertRefused("propensity 'half' is no number", "models,ranks,propensity", "a;b,0;1,half");
    }

    @Test
    void badLinesAreNamedByFileAndLine() throws IOException {
        assertRefused("names 'a' twice", "a,b", "a, b = a");
        assertRefused("an item is missing", "a,b", "a,,b");
        assertRefused("at least 2", "a,b", "b,a", "a");
        assertRefused("1 ranks for 2 items", "models,ranks", "a;b,0");
        assertRefused("rank '0.5' is no integer", "models,ranks", "a;b,0;0.5");
        assertRefused("rank of 'b' is -1", "models,ranks", "a;b,0;-1");
        assertRefused("'' has an empty part", "models,ranks", ",0;1");
        assertRefused("3 fields where the header has 2", "models,ranks", "a;b,0,1");
        assertRefused("winner 'c' is none of", "models,winner", "a;b,c");
        assertRefused("the ranks are missing", "models,ranks", "a;b,");
        assertRefused("quote is not closed", "models,ranks", "\"a;b,0;1");
        assertRefused("time 'noon'", "models,ranks,time", "a;b,0;1,noon");
        assertRefused("winner is 'x' where", "model_a,model_b,winner", "a,b,x");
        assertRefused("no JSON", "{\"models\":[\"a\",\"b\"],\"ranks\":[0,1]}", "{\"models\":");
        assertRefused("no array 'models'", "{\"models\":\"a\",\"ranks\":[0,1]}");
        assertRefused("rank '0.5'", "{\"models\":[\"a\",\"b\"],\"ranks\":[0,0.5]}");
        assertRefused("neither", "{\"models\":[\"a\",\"b\"]}");
        assertRefused("not that of a table of votes", "model_a,model_b");
        assertRefused("not that of a table of votes", "winner,loser");
        assertRefused("not that of a table of votes", "model,prompt,text");
        assertRefused("not that of a table of votes", "rank,item,score,mean");
        assertRefused("no comma", "a;b;c");
        assertThatThrownBy(() -> VoteFile.read(folder, ballot -> {})).hasMessageContaining("is a folder");
        Path latin = Files.write(folder.resolve("latin.csv"), new byte[] {'a', ',', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> VoteFile.read(latin, ballot -> {})).hasMessageContaining("not UTF-8");
    }

    @Test
    void whatTheLearnerRefusesIsNamedToo() throws IOException {
        Path file = file("a,b", "b,c");
        assertThatThrownBy(() -> VoteFile.read(file, ballot -> {
                    if (ballot.items().contains("c")) {
                        throw new IllegalArgumentException("c is unknown");
                    }
                }))
                .hasMessage(file + ":2: c is unknown");
    }
}
