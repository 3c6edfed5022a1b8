package dev.steelyard.studio.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.ranking.SkillModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Votes that are taken back while others vote, import and withdraw. */
@Timeout(30)
class WithdrawalTest {

    private static final int PARTS_AND_MORE = 3000;

    @TempDir
    Path folder;

    /** Makes models; one that a state needs beside the steps waits until it is let through. */
    private static final class SlowModels {

        final AtomicBoolean slow = new AtomicBoolean();
        final AtomicInteger made = new AtomicInteger();
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch through = new CountDownLatch(1);

        SkillModel model() {
            made.incrementAndGet();
            if (slow.get()) {
                asked.countDown();
                try {
                    if (!through.await(20, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("nobody could vote, and let it through, meanwhile");
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return ArenaFixture.model();
        }
    }

    private Arena arena(SlowModels models) throws IOException {
        return new Arena(
                ArenaFixture.url(folder),
                Catalogue.read(ArenaFixture.outputs(folder), false),
                models::model,
                ArenaOptions.defaults());
    }

    private static void vote(Arena arena, String voter) {
        OpenBallot ballot = arena.hand(voter);
        arena.vote(ballot.token(), voter, ArenaFixture.alphabetic(ballot));
    }

    /** On a thread of its own: the common pool may have a single one, and some wait for each other here. */
    private static <T> CompletableFuture<T> beside(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static List<ExportedVote> exported(Arena arena) {
        List<ExportedVote> votes = new ArrayList<>();
        arena.export(votes::add);
        return votes;
    }

    /** All that is told of the votes, which must be the same of the log that is read again. */
    private record Told(Standings standings, List<VoterStanding> voters, List<ExportedVote> votes) {

        static Told by(Arena arena) {
            return new Told(arena.standings(), arena.voters(), exported(arena));
        }
    }

    private Path file(int votes) throws IOException {
        return Files.writeString(
                folder.resolve("votes.jsonl"),
                IntStream.range(0, votes)
                        .mapToObj(i -> "{\"match\": \"old-" + i + "\", \"models\": [\"opus\", \""
                                + (i % 3 == 0 ? "etude" : "fugue") + "\"], \"ranks\": [0, 1]}\n")
                        .collect(Collectors.joining()));
    }

    @Test
    void othersVoteWhileTheStateIsBuiltAnew() throws Exception {
        SlowModels models = new SlowModels();
        Told told;
        try (Arena arena = arena(models)) {
            for (int i = 0; i < 30; i++) {
                vote(arena, "ann");
                vote(arena, "bot");
            }
            OpenBallot waits = arena.hand("cem");
            models.slow.set(true);
            CompletableFuture<Long> withdrawn = beside(() -> arena.withdraw("bot"));
            models.asked.await();
            assertThatThrownBy(() -> arena.hand("bot"))
                    .isInstanceOf(BallotRefusedException.class)
                    .hasMessageContaining("withdrawn");
            for (int i = 0; i < 40; i++) {
                vote(arena, "bob");
            }
            arena.retire("rondo");
            if (!waits.items().contains("rondo")) {
                arena.vote(waits.token(), "cem", ArenaFixture.alphabetic(waits));
            }
            OpenBallot still = arena.hand("dan");
            assertThat(arena.standings().votes()).isGreaterThanOrEqualTo(100);
            models.through.countDown();
            assertThat(withdrawn.get()).isEqualTo(30);
            arena.vote(still.token(), "dan", ArenaFixture.alphabetic(still));
            vote(arena, "bob");
            told = Told.by(arena);
            assertThat(told.votes()).extracting(ExportedVote::voter).doesNotContain("bot");
            assertThat(told.votes()).hasSize((int) told.standings().votes());
            assertThat(arena.withdraw("bot")).isZero();
        }
        models.slow.set(false);
        try (Arena arena = arena(models)) {
            Told again = Told.by(arena);
            assertThat(again.standings().board()).isEqualTo(told.standings().board());
            assertThat(again.standings().history()).isEqualTo(told.standings().history());
            assertThat(again.voters()).isEqualTo(told.voters());
            assertThat(again.votes()).isEqualTo(told.votes());
        }
    }

    @Test
    void anImportThatBeginsMeanwhileCountsWhole() throws Exception {
        Path file = file(PARTS_AND_MORE);
        SlowModels models = new SlowModels();
        Told told;
        try (Arena arena = arena(models)) {
            vote(arena, "ann");
            vote(arena, "bot");
            models.slow.set(true);
            CompletableFuture<Long> withdrawn = beside(() -> arena.withdraw("bot"));
            models.asked.await();
            assertThat(arena.importVotes(file, "old")).isEqualTo(PARTS_AND_MORE);
            models.through.countDown();
            assertThat(withdrawn.get()).isEqualTo(1);
            told = Told.by(arena);
            assertThat(told.standings().votes()).isEqualTo(PARTS_AND_MORE + 1);
        }
        try (Arena arena = arena(models)) {
            assertThat(Told.by(arena)).isEqualTo(told);
        }
    }

    /** As an import of which a part is refused is undone like a withdrawal, others vote then too. */
    @Test
    void othersVoteWhileAnImportIsUndone() throws Exception {
        Path file = file(20_000);
        Files.writeString(file, "{\"models\": [\"opus\", \"fugue\"], \"ranks\": [0, 1]}\n", StandardOpenOption.APPEND);
        SlowModels models = new SlowModels();
        Told told;
        try (Arena arena = arena(models)) {
            vote(arena, "ann");
            CompletableFuture<String> retired = beside(() -> {
                while (arena.votes() < 500) {
                    Thread.sleep(1);
                }
                models.slow.set(true);
                arena.retire("fugue");
                return "fugue";
            });
            CompletableFuture<Long> imported = beside(() -> arena.importVotes(file, "old"));
            retired.get();
            models.asked.await();
            vote(arena, "bob");
            models.through.countDown();
            assertThatThrownBy(imported::get).hasMessageContaining("there is no item 'fugue' in the pool");
            told = Told.by(arena);
            assertThat(told.votes()).extracting(ExportedVote::voter).containsExactly("ann", "bob");
            assertThat(told.standings().votes()).isEqualTo(2);
        }
        try (Arena arena = arena(models)) {
            assertThat(Told.by(arena)).isEqualTo(told);
        }
    }

    @Test
    void thoseWhoWithdrawAtOnceShareTheirWork() throws Exception {
        SlowModels models = new SlowModels();
        try (Arena arena = arena(models)) {
            List<String> bots = IntStream.range(0, 6).mapToObj(i -> "bot-" + i).toList();
            for (String bot : bots) {
                vote(arena, bot);
            }
            vote(arena, "ann");
            int before = models.made.get();
            models.slow.set(true);
            List<CompletableFuture<Long>> withdrawn = new ArrayList<>();
            for (String bot : bots) {
                withdrawn.add(beside(() -> arena.withdraw(bot)));
            }
            for (String bot : bots) {
                while (!isBarred(arena, bot)) {
                    Thread.sleep(2);
                }
            }
            models.through.countDown();
            for (CompletableFuture<Long> each : withdrawn) {
                assertThat(each.get()).isEqualTo(1);
            }
            assertThat(models.made.get() - before).isBetween(1, 2);
            assertThat(exported(arena)).extracting(ExportedVote::voter).containsExactly("ann");
            assertThat(arena.standings().votes()).isEqualTo(1);
        }
    }

    private static boolean isBarred(Arena arena, String voter) {
        try {
            arena.hand(voter);
            return false;
        } catch (BallotRefusedException e) {
            return true;
        }
    }

    @Test
    void manyVoteImportAndWithdrawAndTheLogTellsTheSame() throws Exception {
        Path file = file(PARTS_AND_MORE);
        SlowModels models = new SlowModels();
        AtomicBoolean over = new AtomicBoolean();
        Told told;
        try (Arena arena = arena(models)) {
            for (int i = 0; i < 4; i++) {
                vote(arena, "bot-" + i);
            }
            List<CompletableFuture<Integer>> voters = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String voter = "voter-" + i;
                voters.add(beside(() -> {
                    int cast = 0;
                    while (!over.get()) {
                        vote(arena, voter);
                        cast++;
                    }
                    return cast;
                }));
            }
            CompletableFuture<Integer> bots = beside(() -> {
                for (int i = 0; i < 4; i += 2) {
                    String second = "bot-" + (i + 1);
                    CompletableFuture<Long> other = beside(() -> arena.withdraw(second));
                    assertThat(arena.withdraw("bot-" + i)).isEqualTo(1);
                    assertThat(other.get()).isEqualTo(1);
                }
                return 4;
            });
            assertThat(arena.importVotes(file, "old")).isEqualTo(PARTS_AND_MORE);
            bots.get();
            over.set(true);
            int cast = 0;
            for (CompletableFuture<Integer> voter : voters) {
                cast += voter.get();
            }
            told = Told.by(arena);
            assertThat(told.standings().votes()).isEqualTo(PARTS_AND_MORE + cast);
            assertThat(told.votes()).hasSize(PARTS_AND_MORE + cast);
        }
        try (Arena arena = arena(models)) {
            assertThat(Told.by(arena)).isEqualTo(told);
        }
    }
}
