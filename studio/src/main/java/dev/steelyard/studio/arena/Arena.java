package dev.steelyard.studio.arena;

import dev.steelyard.ranking.Leaderboard;
import dev.steelyard.ranking.Match;
import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.UnknownItemException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A voting arena: hands out blind ballots, takes one vote on each, and keeps the leaderboard. Everything is on disk before
 * it is acknowledged; what the arena knows is its log, replayed. For use by many threads.
 *
 * <pre>{@code
 * try (Arena arena = new Arena("jdbc:sqlite:arena.db", catalogue, () -> new KRank(KRankOptions.defaults()),
 *         ArenaOptions.defaults())) {
 *     OpenBallot ballot = arena.hand("voter");
 *     arena.vote(ballot.token(), "voter", List.of(1, 0, 2, 2));
 *     arena.leaderboard();
 * }
 * }</pre>
 */
public final class Arena implements AutoCloseable {

    private final DurableState durable;
    private final Importer importer;
    private final Catalogue catalogue;
    private final ArenaOptions options;
    private final Clock clock;
    private final RandomGenerator prompts;
    /** What was asked for last, and the state that it was of. */
    private Standings standings;

    private ArenaState standingsOf;

    /**
     * Opens or makes an arena, with the votes that its log holds.
     *
     * @param url JDBC address of the log
     * @param models makes the skill model, without items; another than before rates all votes anew
     * @throws IllegalArgumentException if the catalogue has too few items for a ballot
     * @throws IllegalStateException if the log cannot be opened or read
     */
    public Arena(String url, Catalogue catalogue, Supplier<SkillModel> models, ArenaOptions options) {
        this(url, catalogue, models, options, Clock.systemUTC());
    }

    Arena(String url, Catalogue catalogue, Supplier<SkillModel> models, ArenaOptions options, Clock clock) {
        this.catalogue = catalogue;
        this.options = options;
        this.clock = clock;
        this.prompts = RandomGenerator.of("L64X128MixRandom");
        VoteLog log = new VoteLog(url);
        try {
            this.durable = new DurableState(log, catalogue, models, options.seed(), clock);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
        this.importer = new Importer(durable);
    }

    private ArenaState state() {
        return durable.now();
    }

    private Instant latest() {
        return clock.instant().minus(options.timeout());
    }

    private boolean isOverdue(OpenBallot ballot) {
        return ballot.handed().isBefore(latest());
    }

    /** Releases the ballots that waited too long; asked where something is written anyway, so that they cost no write. */
    private void releaseOverdue() {
        Optional<OpenBallot> oldest = state().oldest();
        while (oldest.isPresent() && isOverdue(oldest.get())) {
            durable.commit(new ArenaEvent.Released(oldest.get().token(), ArenaEvent.Why.EXPIRED));
            oldest = state().oldest();
        }
    }

    /** How it asks. */
    public ArenaOptions options() {
        return options;
    }

    /** What it shows. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /**
     * Gives a voter a ballot; the one that the voter has, if there is one that waits.
     *
     * @throws BallotRefusedException if the voter was barred
     * @throws IllegalStateException if fewer than two items are left, or the ballot could not be written
     */
    public OpenBallot hand(String voter) {
        return durable.step(() -> {
            requireWelcome(voter);
            return state().waitingFor(voter)
                    .filter(ballot -> !isOverdue(ballot))
                    .orElseGet(() -> handAnother(voter));
        });
    }

    private OpenBallot handAnother(String voter) {
        int left = state().model().items().size();
        if (left < 2) {
            throw new IllegalStateException("the arena has " + left + " items left, and 2 must meet; add outputs");
        }
        releaseOverdue();
        // Only proposed: taken back at once, and counted with the event.
        Match match = state().matchmaker().next(state().model(), Math.min(options.size(), left), clock.instant());
        state().matchmaker().release(match.id());
        Prompt prompt =
                catalogue.prompts().get(prompts.nextInt(catalogue.prompts().size()));
        ArenaEvent.Handed handed = new ArenaEvent.Handed(
                match.id(),
                Secrets.next(),
                voter,
                prompt.id(),
                match.items(),
                match.pivot(),
                match.propensity(),
                match.displaySeed(),
                match.candidates().stream()
                        .map(candidate -> new ArenaEvent.Candidate(candidate.item(), candidate.bound()))
                        .toList());
        durable.commit(handed);
        return state().open(handed.token()).orElseThrow();
    }

    /**
     * The ballot of a token, while it waits.
     *
     * @throws BallotRefusedException if it is unknown, closed or another voter's
     */
    public OpenBallot ballot(String token, String voter) {
        return durable.look(() -> open(token, voter));
    }

    private OpenBallot open(String token, String voter) {
        OpenBallot ballot = state().open(token).orElseThrow(() -> refusal(token));
        if (!ballot.voter().equals(voter)) {
            throw new BallotRefusedException(
                    BallotRefusedException.Reason.NOT_YOURS, "this ballot was given to another voter");
        }
        requireWelcome(voter);
        if (isOverdue(ballot)) {
            throw refusal(BallotRefusedException.Reason.EXPIRED);
        }
        return ballot;
    }

    private void requireWelcome(String voter) {
        if (state().isBarred(voter)) {
            throw new BallotRefusedException(
                    BallotRefusedException.Reason.NOT_YOURS,
                    "the votes of this voter were withdrawn; no more are taken");
        }
    }

    private BallotRefusedException refusal(String token) {
        return refusal(state().closed(token).orElse(BallotRefusedException.Reason.UNKNOWN));
    }

    private static BallotRefusedException refusal(BallotRefusedException.Reason reason) {
        return new BallotRefusedException(
                reason,
                switch (reason) {
                    case USED -> "this ballot was used; a ballot is counted once, ask for another";
                    case EXPIRED -> "this ballot is no longer open; ask for another";
                    default -> "there is no such ballot; ask for one";
                });
    }

    /**
     * Counts a vote.
     *
     * @param ranks one an output, in the order in which they were shown; 0 best, equal ranks tie
     * @return the ballot that it closed
     * @throws BallotRefusedException if the ballot is not this voter's to use or the ranks do not fit it
     */
    public OpenBallot vote(String token, String voter, List<Integer> ranks) {
        return durable.step(() -> {
            OpenBallot ballot = open(token, voter);
            requireRanks(ballot, ranks);
            durable.commit(new ArenaEvent.Voted(token, dense(ranks)));
            return ballot;
        });
    }

    private void requireRanks(OpenBallot ballot, List<Integer> ranks) {
        int size = ballot.items().size();
        if (ranks.size() != size) {
            throw new BallotRefusedException(
                    BallotRefusedException.Reason.INVALID,
                    "there are " + ranks.size() + " ranks for " + size + " outputs; give each its rank");
        }
        for (int rank : ranks) {
            if (rank < 0 || rank >= size) {
                throw new BallotRefusedException(
                        BallotRefusedException.Reason.INVALID,
                        "a rank is " + rank + "; ranks are 0, the best, to " + (size - 1));
            }
        }
        requireMode(ranks);
    }

    private void requireMode(List<Integer> ranks) {
        int best = ranks.stream().min(Integer::compare).orElseThrow();
        long others = ranks.stream().filter(rank -> rank != best).distinct().count();
        if (options.mode() == ArenaOptions.Mode.BEST && others > 1) {
            throw new BallotRefusedException(
                    BallotRefusedException.Reason.INVALID, "this arena asks for the best only; tie the others");
        }
    }

    /** The same order with ranks 0, 1, ... without gaps. */
    private static List<Integer> dense(List<Integer> ranks) {
        List<Integer> levels = ranks.stream().distinct().sorted().toList();
        return ranks.stream().map(levels::indexOf).toList();
    }

    /**
     * Closes a ballot without a vote.
     *
     * @throws BallotRefusedException if it is not this voter's to use
     */
    public void skip(String token, String voter) {
        durable.step(() -> {
            open(token, voter);
            durable.commit(new ArenaEvent.Released(token, ArenaEvent.Why.SKIPPED));
            return token;
        });
    }

    /** How many votes are counted. */
    public long votes() {
        return durable.votes();
    }

    /**
     * Whether votes can be kept.
     *
     * @throws IllegalStateException if the log does not answer
     */
    public void check() {
        durable.check();
    }

    /** The order now and how it settled. */
    public Standings standings() {
        return durable.step(this::standingsNow);
    }

    private Standings standingsNow() {
        if (standings == null || standingsOf != state() || standings.version() != state().events()) {
            standingsOf = state();
            Leaderboard board = state().model().leaderboard();
            standings = new Standings(
                    state().model().name(),
                    state().events(),
                    state().model().ballots(),
                    state().voters(),
                    0,
                    board,
                    history(board));
        }
        return standings.withOpen(state().waitingSince(latest()));
    }

    private List<ConvergencePoint> history(Leaderboard board) {
        List<ConvergencePoint> history = new ArrayList<>(state().history());
        long votes = state().model().ballots();
        if (!history.isEmpty() && history.getLast().votes() < votes) {
            history.add(new ConvergencePoint(votes, board.convergence()));
        }
        return history;
    }

    /** All who voted here, those who agree least with the others first: the ones to look at before withdrawing. */
    public List<VoterStanding> voters() {
        return durable.step(() -> state().voterStandings());
    }

    /**
     * Takes an item out: nobody meets it any more, its history stays.
     *
     * @throws UnknownItemException if it is not in the pool
     */
    public void retire(String item) {
        durable.step(() -> {
            VoteImport.requireInPool(item, new LinkedHashSet<>(state().model().items()));
            durable.releaseThoseWith(item);
            durable.commit(new ArenaEvent.Retired(item));
            return item;
        });
    }

    /**
     * Takes back all that a voter cast here, as when votes turn out to be a machine's, and takes no more of it. The others'
     * votes are rated anew without them, beside the arena: others vote meanwhile, and the voter's votes count until this
     * returns. That the votes are taken back is on disk before, so that an end of the process half-way does not undo it.
     *
     * @return how many votes were taken back
     * @throws IllegalStateException if it could not be written, or the log not be read
     */
    public long withdraw(String voter) {
        return durable.stepAndBuildAnew(() -> {
            long votes = state().isBarred(voter) ? 0 : state().votesOf(voter);
            state().waitingFor(voter)
                    .ifPresent(
                            ballot -> durable.commit(new ArenaEvent.Released(ballot.token(), ArenaEvent.Why.SKIPPED)));
            durable.commit(new ArenaEvent.Withdrawn(voter));
            return votes;
        });
    }

    /**
     * Counts the ballots of a file, all or none: one that ends half-way, however it ends, counts nothing when it is over.
     * Votes are taken meanwhile, and the ratings follow those of the file as it is read. One import at a time.
     *
     * @return how many there were
     * @throws dev.steelyard.ranking.votes.VoteFileException naming file and line, if one is no ballot, names an item that
     *     is not in the pool, or was counted before
     */
    public long importVotes(Path file, String name) throws IOException {
        return importer.read(file, name);
    }

    /**
     * Gives every vote that counts now, in order, with the match that it was cast on; imported ones have none. Holds nobody
     * up, however slowly the votes are taken.
     */
    public void export(Consumer<ExportedVote> each) {
        durable.export().forEach(each);
    }

    /** Writes what waits, then closes. */
    @Override
    public void close() {
        durable.close();
    }
}
