package dev.steelyard.studio.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steelyard.studio.storage.PostgresServer;
import dev.steelyard.studio.storage.StorageException;
import dev.steelyard.studio.storage.UsesPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An arena whose votes lie in PostgreSQL. */
@ExtendWith(UsesPostgres.class)
class VoteLogTest {

    @TempDir
    Path folder;

    private Arena arena(String address) throws IOException {
        return new Arena(
                address,
                Catalogue.read(ArenaFixture.outputs(folder), false),
                ArenaFixture::model,
                ArenaOptions.defaults());
    }

    private static void vote(Arena arena) {
        OpenBallot ballot = arena.hand("ann");
        arena.vote(ballot.token(), "ann", ArenaFixture.alphabetic(ballot));
    }

    @Test
    void anArenaGoesOnWhenItsDatabaseIsBack(PostgresServer postgres) throws Exception {
        String address = postgres.address();
        Standings before;
        try (Arena arena = arena(address)) {
            vote(arena);
            OpenBallot open = arena.hand("bob");
            postgres.crash();
            try {
                assertThatThrownBy(() -> arena.vote(open.token(), "bob", List.of(0, 1, 2, 3)))
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("nothing was counted")
                        .hasMessageNotContaining(PostgresServer.PASSWORD);
                assertThatThrownBy(() -> arena.hand("ann")).isInstanceOf(StorageException.class);
            } finally {
                postgres.startAgain();
            }
            for (int i = 0; i < 100 && !isBack(arena); i++) {
                Thread.sleep(50);
            }
            assertThat(arena.standings().votes()).isEqualTo(1);
            arena.vote(open.token(), "bob", List.of(0, 1, 2, 3));
            before = arena.standings();
            assertThat(before.votes()).isEqualTo(2);
        }
        try (Arena arena = arena(address)) {
            assertThat(arena.standings().board()).isEqualTo(before.board());
        }
    }

    private static boolean isBack(Arena arena) {
        try {
            arena.standings();
            return true;
        } catch (StorageException e) {
            return false;
        }
    }
}
