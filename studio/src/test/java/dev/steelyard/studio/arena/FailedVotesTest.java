package dev.steelyard.studio.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.studio.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Votes that share a commit, and a disk that refuses some. */
@Timeout(120)
class FailedVotesTest {

    @TempDir
    Path folder;

    private void execute(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(ArenaFixture.url(folder));
                Statement execution = connection.createStatement()) {
            execution.execute("PRAGMA busy_timeout=10000");
            execution.execute(statement);
        }
    }

    private List<ArenaEvent> events() {
        List<ArenaEvent> events = new ArrayList<>();
        try (VoteLog log = new VoteLog(ArenaFixture.url(folder))) {
            log.read(0, Long.MAX_VALUE, logged -> events.add(logged.event()));
        }
        return events;
    }

    @Test
    void aRefusedVoteIsToldAndUndone() throws Exception {
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            OpenBallot ballot = arena.hand("ann");
            execute(
                    "CREATE TRIGGER refusal BEFORE INSERT ON arena_events BEGIN SELECT RAISE(ABORT, 'the disk is full');"
                            + " END");
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> arena.vote(ballot.token(), "ann", List.of(0, 1, 2, 3)))
                        .isInstanceOf(StorageException.class)
                        .hasMessageContainingAll("nothing was counted", "the disk is full");
            }
            assertThat(arena.standings().votes()).isZero();
            execute("DROP TRIGGER refusal");
            arena.vote(ballot.token(), "ann", List.of(0, 1, 2, 3));
            assertThat(arena.standings().votes()).isEqualTo(1);
        }
        assertThat(events()).hasSize(2);
    }

    @Test
    void whatWasCountedIsOnDiskAndTheRestIsNot() throws Exception {
        Set<String> counted = ConcurrentHashMap.newKeySet();
        AtomicInteger refused = new AtomicInteger();
        Standings before;
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            execute("CREATE TABLE trouble(number INTEGER)");
            execute("CREATE TRIGGER refusal BEFORE INSERT ON arena_events WHEN NEW.number % 50 = 49 AND"
                    + " NOT EXISTS (SELECT 1 FROM trouble WHERE number = NEW.number)"
                    + " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
            List<Thread> voters = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String voter = "voter-" + i;
                voters.add(Thread.ofVirtual().start(() -> {
                    for (int call = 0; call < 40; call++) {
                        try {
                            OpenBallot ballot = arena.hand(voter);
                            arena.vote(ballot.token(), voter, List.of(0, 1, 2, 3));
                            counted.add(ballot.token());
                        } catch (StorageException e) {
                            refused.incrementAndGet();
                        }
                    }
                }));
            }
            while (voters.stream().anyMatch(Thread::isAlive)) {
                Thread.sleep(20);
                execute("INSERT INTO trouble SELECT MAX(number) + 1 FROM arena_events");
            }
            execute("DROP TRIGGER refusal");
            assertThat(refused).hasPositiveValue();
            before = arena.standings();
        }
        Set<String> voted = new HashSet<>();
        for (ArenaEvent event : events()) {
            if (event instanceof ArenaEvent.Voted vote) {
                assertThat(voted.add(vote.token())).isTrue();
            }
        }
        assertThat(voted).isNotEmpty().containsAll(counted);
        assertThat(before.votes()).isEqualTo(voted.size());
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            assertThat(arena.standings()).isEqualTo(before);
        }
    }

    @Test
    void looksAndBallotsThatWaitedTooLongWriteNothing() throws IOException {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        InstantSource moved = now::get;
        try (Arena arena = new Arena(
                ArenaFixture.url(folder),
                Catalogue.read(ArenaFixture.outputs(folder), false),
                ArenaFixture::model,
                ArenaOptions.defaults().withTimeout(Duration.ofMinutes(5)),
                clock(moved))) {
            for (int i = 0; i < 5; i++) {
                arena.hand("voter-" + i);
            }
            assertThat(arena.standings().open()).isEqualTo(5);
            now.set(now.get().plusSeconds(301));
            assertThat(arena.standings().open()).isZero();
            assertThat(arena.voters()).isEmpty();
            assertThat(arena.standings().version()).as("events").isEqualTo(5);
            arena.hand("voter-0");
            assertThat(arena.standings().version()).isEqualTo(11);
        }
        assertThat(events().subList(5, 10))
                .allSatisfy(event -> assertThat(event).isInstanceOf(ArenaEvent.Released.class));
    }

    private static Clock clock(InstantSource source) {
        return source.withZone(ZoneOffset.UTC);
    }
}
