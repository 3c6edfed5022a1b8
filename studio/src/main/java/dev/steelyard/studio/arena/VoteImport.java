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
import java.util.function.Consumer;
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
     * Looks at all votes of it without keeping them.
     *
     * @return how many there are
     * @throws IllegalArgumentException naming file and line, if one cannot be taken, or if there is none
     */
    long check(Path file) throws IOException {
        // Names that lines get from their number differ, and so need not be remembered.
        Set<String> fresh = new HashSet<>();
        long votes = VoteFile.read(file, ballot -> {
            ballot.items().forEach(item -> requireInPool(item, pool));
            requireFresh(
                    match(ballot),
                    each -> counted.test(each) || !isUnnamed(ballot) && !fresh.add(each),
                    isUnnamed(ballot) ? "import another file under another name" : "leave it out");
        });
        if (votes == 0) {
            throw new IllegalArgumentException("there is no vote in it; write one ballot a line, best first");
        }
        return votes;
    }

    /**
     * Gives the votes of a file that was checked, so many at once.
     *
     * @throws IllegalArgumentException naming file and line, if it holds what is no vote, or some are refused now
     */
    void read(Path file, int atOnce, Consumer<List<ArenaEvent.Vote>> each) throws IOException {
        List<ArenaEvent.Vote> some = new ArrayList<>(atOnce);
        VoteFile.read(file, ballot -> {
            some.add(vote(match(ballot), ballot));
            if (some.size() == atOnce) {
                each.accept(List.copyOf(some));
                some.clear();
            }
        });
        if (!some.isEmpty()) {
            each.accept(List.copyOf(some));
        }
    }

    private static boolean isUnnamed(Ballot ballot) {
        return ballot.id().startsWith("line ");
    }

    private String match(Ballot ballot) {
        return isUnnamed(ballot) ? name + " " + ballot.id() : ballot.id();
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
