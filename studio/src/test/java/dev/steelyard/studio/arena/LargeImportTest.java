package dev.steelyard.studio.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.ranking.votes.VoteFile;
import dev.steelyard.ranking.votes.VoteFileException;
import dev.steelyard.studio.storage.StorageException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of votes that are larger than one event. */
@Timeout(120)
class LargeImportTest {

    private static final int VOTES = 2100;

    @TempDir
    Path folder;

    private Path file(int votes) throws IOException {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < votes; i++) {
            List<String> items = new ArrayList<>(ArenaFixture.ITEMS);
            Collections.shuffle(items, random);
            lines.add("{\"match\": \"old-" + i + "\", \"models\": [\"" + items.get(0) + "\", \"" + items.get(1)
                    + "\", \"" + items.get(2) + "\"], \"ranks\": [0, 1, 1]}");
        }
        return Files.write(folder.resolve("votes.jsonl"), lines);
    }

    private Arena arena() throws IOException {
        return ArenaFixture.arena(folder, ArenaOptions.defaults());
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(ArenaFixture.url(folder));
                Statement execution = connection.createStatement()) {
            execution.execute("PRAGMA busy_timeout=10000");
            execution.execute(statement);
        }
    }

    private static List<ExportedVote> exported(Arena arena) {
        List<ExportedVote> votes = new ArrayList<>();
        arena.export(votes::add);
        return votes;
    }

    private static void vote(Arena arena, String voter) {
        OpenBallot ballot = arena.hand(voter);
        arena.vote(ballot.token(), voter, ArenaFixture.alphabetic(ballot));
    }

    @Test
    void isRatedAsOneAfterTheOtherWouldBeAndComesBack() throws IOException {
        Path file = file(VOTES);
        Standings before;
        List<ExportedVote> votes;
        try (Arena arena = arena()) {
            assertThat(arena.importVotes(file, "old")).isEqualTo(VOTES);
            var alone = ArenaFixture.model();
            ArenaFixture.ITEMS.forEach(alone::add);
            VoteFile.read(file, alone::record);
            before = arena.standings();
            assertThat(before.board()).isEqualTo(alone.leaderboard());
            votes = exported(arena);
            assertThat(votes).hasSize(VOTES);
            assertThat(votes.get(1700).match()).isEqualTo("old-1700");
            assertThatThrownBy(() -> arena.importVotes(file, "old"))
                    .isInstanceOf(VoteFileException.class)
                    .hasMessageContainingAll("votes.jsonl:1", "counted already");
        }
        try (Arena arena = arena()) {
            assertThat(arena.standings()).isEqualTo(before);
            assertThat(exported(arena)).isEqualTo(votes);
        }
    }

    /** As a kill leaves it: parts on disk, and nothing that says that all are. */
    @Test
    void oneThatEndedHalfWayCountsNothingAndMayBeSentAgain() throws Exception {
        Path file = file(VOTES);
        try (Arena arena = arena()) {
            vote(arena, "ann");
            arena.importVotes(file, "old");
            vote(arena, "bob");
        }
        execute("UPDATE arena_events SET body = '{\"kind\":\"part\",\"name\":\"other\",\"votes\":[]}'"
                + " WHERE body LIKE '{\"kind\":\"completed\"%'");
        try (Arena arena = arena()) {
            assertThat(arena.standings().votes()).isEqualTo(2);
            assertThat(exported(arena)).extracting(ExportedVote::voter).containsExactly("ann", "bob");
            assertThat(arena.importVotes(file, "old")).isEqualTo(VOTES);
            assertThat(arena.standings().votes()).isEqualTo(VOTES + 2);
        }
    }

    @Test
    void oneThatTheDiskRefusesIsUndoneWhileOthersVote() throws Exception {
        Path file = file(VOTES);
        AtomicBoolean over = new AtomicBoolean();
        Standings before;
        try (Arena arena = arena()) {
            vote(arena, "ann");
            execute("CREATE TRIGGER refusal BEFORE INSERT ON arena_events WHEN NEW.body LIKE '{\"kind\":\"completed\"%'"
                    + " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
            CompletableFuture<Integer> others = CompletableFuture.supplyAsync(() -> {
                int cast = 0;
                while (!over.get()) {
                    try {
                        vote(arena, "bob");
                        cast++;
                    } catch (StorageException e) {
                        // Shared its commit with what was refused.
                    }
                }
                return cast;
            });
            assertThatThrownBy(() -> arena.importVotes(file, "old"))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContainingAll("nothing was counted", "the disk is full");
            over.set(true);
            int cast = others.get();
            before = arena.standings();
            assertThat(before.votes()).isBetween(cast + 1L, cast + 2L);
            assertThat(exported(arena)).hasSize((int) before.votes());
            execute("DROP TRIGGER refusal");
        }
        try (Arena arena = arena()) {
            assertThat(arena.standings().board()).isEqualTo(before.board());
            assertThat(arena.importVotes(file, "old")).isEqualTo(VOTES);
        }
    }

    @Test
    void oneWhoseItemIsRetiredMeanwhileIsUndone() throws Exception {
        Path file = file(20_000);
        try (Arena arena = arena()) {
            CompletableFuture<Void> retired = CompletableFuture.runAsync(() -> {
                while (arena.votes() == 0) {
                    Thread.onSpinWait();
                }
                arena.retire("opus");
            });
            assertThatThrownBy(() -> arena.importVotes(file, "old"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("there is no item 'opus' in the pool");
            retired.get();
            assertThat(arena.standings().votes()).isZero();
            assertThat(exported(arena)).isEmpty();
        }
    }

    @Test
    void withdrawingMeanwhileLosesNoneOfIt() throws Exception {
        Path file = file(20_000);
        try (Arena arena = arena()) {
            vote(arena, "ann");
            CompletableFuture<Void> withdrawn = CompletableFuture.runAsync(() -> {
                while (arena.votes() < 1000) {
                    Thread.onSpinWait();
                }
                arena.withdraw("ann");
            });
            assertThat(arena.importVotes(file, "old")).isEqualTo(20_000);
            withdrawn.get();
            assertThat(arena.standings().votes()).isEqualTo(20_000);
        }
        try (Arena arena = arena()) {
            assertThat(arena.standings().votes()).isEqualTo(20_000);
        }
    }

    @Test
    void aFileAboveTheLimitIsRefusedAndOneBelowIsNotKeptInMemory() throws Exception {
        Path file = file(VOTES);
        ArenaServerOptions local = ArenaServerOptions.local(0);
        for (long limit : new long[] {Files.size(file) - 1, Files.size(file)}) {
            try (Arena arena = arena();
                    ArenaServer server =
                            new ArenaServer(arena, new ArenaServerOptions(local.host(), 0, local.keys(), 200, limit));
                    HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/votes"))
                                .header("Content-Type", "application/x-ndjson")
                                // Of a length that is not told beforehand.
                                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> {
                                    try {
                                        return Files.newInputStream(file);
                                    } catch (IOException e) {
                                        throw new IllegalStateException(e);
                                    }
                                }))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                boolean fits = limit == Files.size(file);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(fits ? 200 : 413);
                assertThat(answer.body())
                        .contains(
                                fits
                                        ? "\"imported\":" + VOTES
                                        : "start the service with a larger limit, as by --max-import");
                assertThat(arena.votes()).isEqualTo(fits ? VOTES : 0);
            }
        }
    }

    @Test
    void aLogWhoseEventsDoNotFollowIsRefusedByNumber() throws Exception {
        try (Arena arena = arena()) {
            vote(arena, "ann");
            vote(arena, "ann");
        }
        execute(
                "UPDATE arena_events SET body = '{\"kind\":\"voted\",\"token\":\"none\",\"ranks\":[0,1]}' WHERE number = 3");
        assertThatThrownBy(this::arena)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("arena.db hold event 3, which does not follow", "serve them with the version");
        execute("UPDATE arena_events SET body = '{\"kind\":\"dreamt\"}' WHERE number = 3");
        assertThatThrownBy(this::arena)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("arena.db", "event 3", "of this program", "restore them from a copy");
    }
}
