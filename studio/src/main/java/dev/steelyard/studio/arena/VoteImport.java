package dev.steelyard.studio.arena;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.UnknownItemException;
import dev.steelyard.ranking.votes.VoteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads the votes of a file for an arena; the first that cannot be taken ends it.
 *
 * @param name of the file, which lines without a match of their own are called by, so that it is not counted twice
 * @param pool the items there are
 * @param counted whether the arena has a match of a name
 */
record VoteImport(String name, Set<String> pool, Predicate<String> counted) {

    /**
     * All votes of it.
     *
     * @throws IllegalArgumentException naming file and line, if one cannot be taken, or if there is none
     */
    List<ArenaEvent.Vote> read(Path file) throws IOException {
        List<ArenaEvent.Vote> votes = new ArrayList<>();
        Set<String> fresh = new HashSet<>();
        VoteFile.read(file, ballot -> {
            boolean unnamed = ballot.id().startsWith("line ");
            String match = unnamed ? name + " " + ballot.id() : ballot.id();
            ballot.items().forEach(item -> requireInPool(item, pool));
            requireFresh(
                    match,
                    each -> counted.test(each) || !fresh.add(each),
                    unnamed ? "import another file under another name" : "leave it out");
            votes.add(vote(match, ballot));
        });
        if (votes.isEmpty()) {
            throw new IllegalArgumentException("there is no vote in it; write one ballot a line, best first");
        }
        return votes;
    }

    private static ArenaEvent.Vote vote(String match, Ballot ballot) {
        return new ArenaEvent.Vote(
                match,
                ballot.time().equals(Instant.EPOCH) ? "" : ballot.time().toString(),
                ballot.voter(),
                ballot.items(),
                Arrays.stream(ballot.ranks()).boxed().toList());
    }

    static void requireFresh(String match, Predicate<String> counted, String remedy) {
        if (counted.test(match)) {
            throw new IllegalArgumentException("match '" + match + "' was counted already; " + remedy);
        }
    }

    static void requireInPool(String item, Set<String> pool) {
        if (!pool.contains(item)) {
            throw new UnknownItemException(
                    "there is no item '" + item + "' in the pool; there are " + String.join(", ", pool));
        }
    }
}
