package dev.steelyard.studio.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.ranking.Leaderboard;
import dev.steelyard.ranking.UnknownItemException;
import dev.steelyard.ranking.pairwise.Elo;
import dev.steelyard.ranking.pairwise.EloOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArenaTest {

    @TempDir
    Path folder;

    private static void vote(Arena arena, String voter) {
        OpenBallot ballot = arena.hand(voter);
        arena.vote(ballot.token(), voter, ArenaFixture.alphabetic(ballot));
    }

    private static void refused(Runnable call, BallotRefusedException.Reason reason) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(BallotRefusedException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(reason));
    }

    @Test
    void findsTheOrderThatVotersAgreeOn() throws IOException {
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            for (int i = 0; i < 60; i++) {
                vote(arena, "voter-" + i % 3);
            }
            Standings standings = arena.standings();
            assertThat(standings.votes()).isEqualTo(60);
            assertThat(standings.voters()).isEqualTo(3);
            assertThat(standings.board().entries())
                    .extracting(Leaderboard.Entry::item)
                    .isEqualTo(ArenaFixture.ITEMS.reversed());
            assertThat(standings.history()).isNotEmpty();
            assertThat(standings.history().getLast().votes()).isEqualTo(60);
        }
    }

    @Test
    void aRestartKnowsTheSame() throws IOException {
        Standings before;
        OpenBallot open;
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            for (int i = 0; i < 20; i++) {
                vote(arena, "voter");
            }
            open = arena.hand("slow");
            arena.skip(arena.hand("other").token(), "other");
            before = arena.standings();
        }
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            assertThat(arena.standings()).isEqualTo(before);
            assertThat(arena.hand("slow")).isEqualTo(open);
            arena.vote(open.token(), "slow", ArenaFixture.alphabetic(open));
            assertThat(arena.hand("voter").match()).isGreaterThan(open.match());
            assertThat(arena.standings().votes()).isEqualTo(21);
        }
    }

    @Test
    void anotherModelRatesTheSameVotes() throws IOException {
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            for (int i = 0; i < 40; i++) {
                vote(arena, "voter");
            }
        }
        Catalogue catalogue = Catalogue.read(folder.resolve("outputs"), false);
        try (Arena arena = new Arena(
                ArenaFixture.url(folder), catalogue, () -> new Elo(EloOptions.defaults()), ArenaOptions.defaults())) {
            assertThat(arena.standings().model()).isEqualTo("elo");
            assertThat(arena.standings().votes()).isEqualTo(40);
            assertThat(arena.standings().board().entries().getFirst().item()).isEqualTo("sonata");
        }
    }

    @Test
    void aBallotCountsOnceAndForItsVoterOnly() throws IOException {
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            OpenBallot ballot = arena.hand("ann");
            assertThat(arena.hand("ann")).isEqualTo(ballot);
            List<Integer> ranks = List.of(0, 1, 2, 3);
            refused(() -> arena.vote(ballot.token(), "bob", ranks), BallotRefusedException.Reason.NOT_YOURS);
            refused(() -> arena.vote(Secrets.next(), "ann", ranks), BallotRefusedException.Reason.UNKNOWN);
            refused(() -> arena.vote(ballot.token(), "ann", List.of(0, 1, 2)), BallotRefusedException.Reason.INVALID);
            refused(
                    () -> arena.vote(ballot.token(), "ann", List.of(0, 1, 2, 4)),
                    BallotRefusedException.Reason.INVALID);
            refused(
                    () -> arena.vote(ballot.token(), "ann", List.of(0, 1, 2, -1)),
                    BallotRefusedException.Reason.INVALID);
            assertThat(arena.standings().votes()).isZero();
            arena.vote(ballot.token(), "ann", ranks);
            refused(() -> arena.vote(ballot.token(), "ann", ranks), BallotRefusedException.Reason.USED);
            refused(() -> arena.skip(ballot.token(), "ann"), BallotRefusedException.Reason.USED);
            assertThat(arena.standings().votes()).isEqualTo(1);
        }
    }

    @Test
    void anArenaForTheBestTakesNoOrder() throws IOException {
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults().withMode(ArenaOptions.Mode.BEST))) {
            OpenBallot ballot = arena.hand("ann");
            refused(
                    () -> arena.vote(ballot.token(), "ann", List.of(0, 1, 2, 2)),
                    BallotRefusedException.Reason.INVALID);
            arena.vote(ballot.token(), "ann", List.of(1, 0, 1, 1));
            assertThat(arena.standings().board().entries().getFirst().item())
                    .isEqualTo(ballot.items().get(1));
        }
    }

    /** A clock that a test moves. */
    private static final class MovedClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void aBallotThatWaitsTooLongIsReleased() throws IOException {
        MovedClock clock = new MovedClock();
        try (Arena arena = new Arena(
                ArenaFixture.url(folder),
                Catalogue.read(ArenaFixture.outputs(folder), false),
                ArenaFixture::model,
                ArenaOptions.defaults().withTimeout(Duration.ofMinutes(5)),
                clock)) {
            OpenBallot late = arena.hand("late");
            clock.now = clock.now.plusSeconds(299);
            OpenBallot inTime = arena.hand("in time");
            clock.now = clock.now.plusSeconds(2);
            refused(() -> arena.vote(late.token(), "late", List.of(0, 1, 2, 3)), BallotRefusedException.Reason.EXPIRED);
            arena.vote(inTime.token(), "in time", List.of(0, 1, 2, 3));
            assertThat(arena.hand("late").token()).isNotEqualTo(late.token());
        }
    }

    @Test
    void aRetiredItemMeetsNobodyAndItsBallotsClose() throws IOException {
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults().withSize(6))) {
            vote(arena, "voter");
            OpenBallot open = arena.hand("ann");
            arena.retire("opus");
            refused(
                    () -> arena.vote(open.token(), "ann", List.of(0, 1, 2, 3, 4, 5)),
                    BallotRefusedException.Reason.EXPIRED);
            assertThat(arena.hand("ann").items()).hasSize(5).doesNotContain("opus");
            assertThatThrownBy(() -> arena.retire("opus"))
                    .isInstanceOf(UnknownItemException.class)
                    .hasMessageContaining("sonata");
        }
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            assertThat(arena.standings().board().entries()).hasSize(5);
            assertThat(arena.standings().votes()).isEqualTo(1);
        }
    }

    @Test
    void anItemWhoseOutputsAreGoneIsNoLongerShown() throws IOException {
        OpenBallot open;
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults().withSize(6))) {
            vote(arena, "voter");
            open = arena.hand("ann");
        }
        for (String prompt : List.of("fox.txt", "moon.txt")) {
            Files.delete(folder.resolve("outputs/opus").resolve(prompt));
        }
        Files.delete(folder.resolve("outputs/opus"));
        Catalogue catalogue = Catalogue.read(folder.resolve("outputs"), false);
        for (int start = 0; start < 2; start++) {
            try (Arena arena =
                    new Arena(ArenaFixture.url(folder), catalogue, ArenaFixture::model, ArenaOptions.defaults())) {
                refused(() -> arena.ballot(open.token(), "ann"), BallotRefusedException.Reason.EXPIRED);
                assertThat(arena.standings().board().entries()).hasSize(5);
                assertThat(arena.standings().votes()).isEqualTo(1);
            }
        }
    }

    @Test
    void withdrawnVotesLeaveNoTrace() throws IOException {
        Standings honest;
        Path other = Files.createDirectories(folder.resolve("other"));
        try (Arena arena = ArenaFixture.arena(other, ArenaOptions.defaults())) {
            vote(arena, "ann");
            honest = arena.standings();
        }
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            vote(arena, "ann");
            for (int i = 0; i < 10; i++) {
                vote(arena, "bot");
            }
            OpenBallot open = arena.hand("bot");
            arena.withdraw("bot");
            refused(() -> arena.hand("bot"), BallotRefusedException.Reason.NOT_YOURS);
            refused(() -> arena.vote(open.token(), "bot", List.of(0, 1, 2, 3)), BallotRefusedException.Reason.USED);
            assertThat(arena.standings().board()).isEqualTo(honest.board());
            assertThat(arena.standings().voters()).isEqualTo(1);
            List<ExportedVote> votes = new ArrayList<>();
            arena.export(votes::add);
            assertThat(votes).extracting(ExportedVote::voter).containsExactly("ann");
        }
    }

    @Test
    void whoDoesNotLookIsFound() throws IOException {
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            for (int i = 0; i < 25; i++) {
                vote(arena, "ann");
                vote(arena, "bob");
                OpenBallot ballot = arena.hand("bot");
                arena.vote(ballot.token(), "bot", List.of(0, 1, 2, 3)); // as they stand
            }
            OpenBallot ballot = arena.hand("tie");
            arena.vote(ballot.token(), "tie", List.of(0, 0, 0, 0));
            List<VoterStanding> voters = arena.voters();
            assertThat(voters)
                    .extracting(VoterStanding::voter)
                    .startsWith("bot")
                    .endsWith("tie");
            assertThat(voters.getFirst().agreement()).isLessThan(Math.log(0.5));
            assertThat(voters.get(1).agreement()).isGreaterThan(Math.log(0.7));
            assertThat(voters.get(1).votes()).isEqualTo(25);
            assertThat(voters.getLast().agreement()).isNaN();
            arena.withdraw("bot");
            assertThat(arena.voters()).extracting(VoterStanding::voter).doesNotContain("bot");
        }
    }

    @Test
    void importsAllOfAFileOrNothing() throws IOException {
        Path good = Files.writeString(
                folder.resolve("good.csv"), "match,models,ranks\nm1,opus;etude;rondo,0;1;1\nm2,fugue;opus,1;0\n");
        Path unknown = Files.writeString(
                folder.resolve("unknown.csv"), "match,models,ranks\nm3,opus;etude,0;1\nm4,opus;waltz,0;1\n");
        Path again = Files.writeString(
                folder.resolve("again.csv"), "match,models,ranks\nm5,opus;etude,0;1\nm2,fugue;opus,1;0\n");
        Path twice = Files.writeString(folder.resolve("twice.txt"), "opus, etude\nopus, opus\n");
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            assertThat(arena.importVotes(good, "good")).isEqualTo(2);
            assertThatThrownBy(() -> arena.importVotes(unknown, "unknown"))
                    .hasMessageContainingAll("unknown.csv:3", "waltz");
            assertThatThrownBy(() -> arena.importVotes(again, "again")).hasMessageContainingAll("again.csv:3", "m2");
            assertThatThrownBy(() -> arena.importVotes(twice, "twice")).hasMessageContainingAll("twice.txt:2", "twice");
            Path unnamed = Files.writeString(folder.resolve("unnamed.txt"), "opus, etude\n");
            assertThat(arena.importVotes(unnamed, "monday")).isEqualTo(1);
            assertThatThrownBy(() -> arena.importVotes(unnamed, "monday")).hasMessageContaining("under another name");
            assertThat(arena.standings().votes()).isEqualTo(3);
        }
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            assertThat(arena.standings().votes()).isEqualTo(3);
            assertThat(arena.standings().board().entries().getFirst().item()).isEqualTo("opus");
        }
    }

    @Test
    void anExportHoldsNobodyUpAndIsASnapshot() throws IOException {
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            for (int i = 0; i < 5; i++) {
                vote(arena, "ann");
            }
            List<ExportedVote> votes = new ArrayList<>();
            arena.export(exported -> {
                // From another thread, as while a slow reader takes the export.
                CompletableFuture.runAsync(() -> vote(arena, "bob"))
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();
                votes.add(exported);
            });
            assertThat(votes).hasSize(5).extracting(ExportedVote::voter).containsOnly("ann");
            assertThat(arena.votes()).isEqualTo(10);
            votes.clear();
            arena.export(votes::add);
            assertThat(votes).hasSize(10);
        }
    }

    @Test
    void everyTokenDiffersAndTellsNothing() throws IOException {
        try (Arena arena = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            Set<String> tokens = new HashSet<>();
            for (int i = 0; i < 30; i++) {
                tokens.add(arena.hand("voter-" + i).token());
            }
            assertThat(tokens).hasSize(30).allMatch(Secrets::isOne);
        }
    }

    @Test
    void twoWritersOfOneLogDoNotBothCount() throws IOException {
        try (Arena first = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            OpenBallot ballot = first.hand("ann");
            assertThatThrownBy(() -> ArenaFixture.arena(folder, ArenaOptions.defaults()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("one writer");
            first.vote(ballot.token(), "ann", List.of(0, 1, 2, 3));
            assertThat(first.standings().votes()).isEqualTo(1);
        }
        try (Arena second = ArenaFixture.arena(folder, ArenaOptions.defaults())) {
            assertThat(second.standings().votes()).isEqualTo(1);
        }
    }
}
