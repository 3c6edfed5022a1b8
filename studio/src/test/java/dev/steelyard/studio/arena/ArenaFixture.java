package dev.steelyard.studio.arena;

import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.krank.KRank;
import dev.steelyard.ranking.krank.KRankOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Outputs of six items on disk, and arenas over them. */
final class ArenaFixture {

    static final List<String> ITEMS = List.of("etude", "fugue", "gigue", "opus", "rondo", "sonata");

    private ArenaFixture() {}

    /** Two prompts, answered by all. */
    static Path outputs(Path folder) throws IOException {
        Path outputs = folder.resolve("outputs");
        for (String item : ITEMS) {
            Path own = Files.createDirectories(outputs.resolve(item));
            Files.writeString(own.resolve("fox.txt"), "The fox, as written by number " + ITEMS.indexOf(item) + ".");
            Files.writeString(own.resolve("moon.txt"), "The moon, as written by number " + ITEMS.indexOf(item) + ".");
        }
        Files.writeString(
                outputs.resolve("prompts.csv"),
                "prompt,text\nfox,\"Write of a fox, briefly.\"\nmoon,Write of the moon.\n");
        return outputs;
    }

    static Arena arena(Path folder, ArenaOptions options) throws IOException {
        return new Arena(url(folder), Catalogue.read(outputs(folder), false), ArenaFixture::model, options);
    }

    static String url(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("arena.db");
    }

    static SkillModel model() {
        return new KRank(KRankOptions.defaults());
    }

    /** Ranks as a voter gives them who prefers the item that comes later in the alphabet. */
    static List<Integer> alphabetic(OpenBallot ballot) {
        List<String> best = ballot.items().stream().sorted().toList().reversed();
        return ballot.items().stream().map(best::indexOf).toList();
    }
}
