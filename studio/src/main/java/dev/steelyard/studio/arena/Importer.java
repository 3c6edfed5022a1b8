package dev.steelyard.studio.arena;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes files of votes into an arena while people vote. A file of a few votes is one event; a larger one is one event a part,
 * and one more that says that all are there, without which none counts. So neither memory nor the wait of a voter grows with
 * the file.
 */
final class Importer {

    /** So many are rated while a voter may wait: some milliseconds. */
    private static final int VOTES_OF_AN_EVENT = 500;

    private final DurableState arena;
    /** One at a time, so that no two files count the same match. */
    private final Lock alone = new ReentrantLock();

    Importer(DurableState arena) {
        this.arena = arena;
    }

    /** Counts all votes of a file or none; gives how many there were. */
    long read(Path file, String name) throws IOException {
        alone.lock();
        try {
            // Looked at beside the arena, which goes on meanwhile; what changed since is looked at again.
            VoteImport votes = new VoteImport(name, arena.look(this::pool), match -> arena.look(() -> hasMatch(match)));
            long count = votes.check(file);
            if (count <= VOTES_OF_AN_EVENT) {
                votes.read(file, VOTES_OF_AN_EVENT, all -> take(all, new ArenaEvent.Imported(all)));
            } else {
                readInParts(votes, file);
            }
            return count;
        } finally {
            alone.unlock();
        }
    }

    private void readInParts(VoteImport votes, Path file) throws IOException {
        String name = Secrets.next();
        boolean completed = false;
        arena.begin(name);
        try {
            // Each waits for the one before to be on disk, so that none is missing when all are said to be there.
            votes.read(file, VOTES_OF_AN_EVENT, some -> take(some, new ArenaEvent.Part(name, some)));
            arena.step(() -> {
                arena.commit(new ArenaEvent.Completed(name));
                return name;
            });
            completed = true;
        } finally {
            arena.end(completed);
        }
    }

    private void take(List<ArenaEvent.Vote> votes, ArenaEvent event) {
        String body = VoteLog.body(event);
        arena.step(() -> {
            Set<String> pool = pool();
            for (ArenaEvent.Vote vote : votes) {
                vote.models().forEach(item -> VoteImport.requireInPool(item, pool));
                VoteImport.requireFresh(vote.match(), this::hasMatch, "leave it out");
            }
            arena.commit(event, body);
            return event;
        });
    }

    private Set<String> pool() {
        return new LinkedHashSet<>(arena.now().model().items());
    }

    private boolean hasMatch(String match) {
        return arena.now().hasMatch(match);
    }
}
