package dev.steelyard.studio.arena;

import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.Matchmaker;
import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.krank.KRank;
import dev.steelyard.ranking.krank.VoterQuality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an arena knows: its events, applied one by one. */
final class ArenaState {

    /** Each point stands for a twentieth more votes than the one before, so that a million votes have a few hundred. */
    private static final double GROWTH = 1.05;

    private final SkillModel model;
    private final Matchmaker matchmaker;
    private final Map<String, OpenBallot> open = new LinkedHashMap<>();
    private final Map<String, String> tokenOf = new HashMap<>();
    private final Map<String, BallotRefusedException.Reason> closed = new HashMap<>();
    private final Set<String> matches = new HashSet<>();
    private final Set<String> barred = new HashSet<>();
    private final List<ConvergencePoint> history = new ArrayList<>();
    private final Set<Long> withdrawn;
    private final Set<String> imports;
    private final Set<String> completed = new HashSet<>();
    private final Map<String, Long> votesOf = new HashMap<>();
    private final VoterQuality quality = new VoterQuality();
    private long events;

    /**
     * A state before any event.
     *
     * @param outlook what events say of earlier ones
     */
    ArenaState(SkillModel model, Matchmaker matchmaker, Outlook outlook) {
        this.model = model;
        this.matchmaker = matchmaker;
        this.withdrawn = outlook.withdrawn();
        this.imports = new HashSet<>(outlook.imports());
    }

    /** From now on the parts of an import count as they come. */
    void expect(String imported) {
        imports.add(imported);
    }

    /** Learns from an event that is on disk, or on its way. */
    void apply(LoggedEvent logged) {
        ArenaEvent event = logged.event();
        if (event instanceof ArenaEvent.Handed handed) {
            hand(handed, logged.time());
        } else if (event instanceof ArenaEvent.Voted vote) {
            vote(vote, logged);
        } else if (event instanceof ArenaEvent.Released released) {
            release(released);
        } else if (event instanceof ArenaEvent.Imported imported) {
            take(imported.votes());
        } else if (event instanceof ArenaEvent.Part part) {
            if (imports.contains(part.name())) {
                take(part.votes());
            }
        } else if (event instanceof ArenaEvent.Completed all) {
            completed.add(all.name());
        } else if (event instanceof ArenaEvent.Retired retired) {
            model.retire(retired.item());
        } else if (event instanceof ArenaEvent.Withdrawn voter) {
            barred.add(voter.voter());
        }
        events = logged.number() + 1;
    }

    private void hand(ArenaEvent.Handed handed, Instant time) {
        handed.items().forEach(this::know);
        matchmaker.reopen(handed.match(), handed.items(), time);
        open.put(handed.token(), OpenBallot.of(handed, time));
        tokenOf.put(handed.voter(), handed.token());
        matches.add(name(handed.match()));
    }

    private void know(String item) {
        if (!model.knows(item)) {
            model.add(item);
        }
    }

    private void vote(ArenaEvent.Voted vote, LoggedEvent logged) {
        OpenBallot ballot = close(vote.token());
        closed.put(vote.token(), BallotRefusedException.Reason.USED);
        if (withdrawn.contains(logged.number())) {
            matchmaker.release(ballot.match());
        } else {
            matchmaker.voted(ballot.match());
            Ballot cast = ballot(ballot, vote.ranks(), logged.time());
            if (model instanceof KRank rated) {
                quality.observe(rated, cast); // before it is learnt, so that it does not speak for itself
            }
            model.record(cast);
            votesOf.merge(ballot.voter(), 1L, Long::sum);
            remember();
        }
    }

    private OpenBallot close(String token) {
        OpenBallot ballot = open.remove(token);
        if (ballot == null) {
            throw new IllegalStateException("it closes a ballot that is not open");
        }
        tokenOf.remove(ballot.voter(), token);
        return ballot;
    }

    static Ballot ballot(OpenBallot ballot, List<Integer> ranks, Instant time) {
        return Ballot.ranked(
                        name(ballot.match()),
                        ballot.items(),
                        ranks.stream().mapToInt(Integer::intValue).toArray())
                .by(ballot.voter())
                .at(time);
    }

    private void release(ArenaEvent.Released released) {
        OpenBallot ballot = close(released.token());
        closed.put(
                released.token(),
                released.why() == ArenaEvent.Why.SKIPPED
                        ? BallotRefusedException.Reason.USED
                        : BallotRefusedException.Reason.EXPIRED);
        matchmaker.release(ballot.match());
    }

    private void take(List<ArenaEvent.Vote> votes) {
        votes.forEach(this::take);
        remember();
    }

    private void take(ArenaEvent.Vote vote) {
        vote.models().forEach(this::know);
        Ballot ballot = ballot(vote);
        model.record(ballot);
        matchmaker.observe(ballot);
        matches.add(vote.match());
    }

    static Ballot ballot(ArenaEvent.Vote vote) {
        Ballot ballot = Ballot.ranked(
                        vote.match(),
                        vote.models(),
                        vote.ranks().stream().mapToInt(Integer::intValue).toArray())
                .by(vote.voter());
        return vote.time().isEmpty() ? ballot : ballot.at(Instant.parse(vote.time()));
    }

    private void remember() {
        long last = history.isEmpty() ? 0 : history.getLast().votes();
        if (model.ballots() >= last * GROWTH && model.ballots() > last) {
            history.add(
                    new ConvergencePoint(model.ballots(), model.leaderboard().convergence()));
        }
    }

    /** Name of a match of this arena, as exports write it. */
    static String name(long match) {
        return "match-" + match;
    }

    SkillModel model() {
        return model;
    }

    Matchmaker matchmaker() {
        return matchmaker;
    }

    /** How many events were applied. */
    long events() {
        return events;
    }

    /** How many people voted here. */
    long voters() {
        return votesOf.size();
    }

    /** How many votes of a voter count that were cast here. */
    long votesOf(String voter) {
        return votesOf.getOrDefault(voter, 0L);
    }

    /** All who voted here, those who agree least with the others first. */
    List<VoterStanding> voterStandings() {
        return votesOf.entrySet().stream()
                .map(entry -> new VoterStanding(
                        entry.getKey(),
                        entry.getValue(),
                        quality.of(entry.getKey()).meanLogLikelihood()))
                .sorted(Comparator.comparingDouble(VoterStanding::agreement).thenComparing(VoterStanding::voter))
                .toList();
    }

    Optional<OpenBallot> open(String token) {
        return Optional.ofNullable(open.get(token));
    }

    /** All ballots that wait, in the order in which they were handed out. */
    List<OpenBallot> open() {
        return List.copyOf(open.values());
    }

    /** How many ballots wait that were handed out at a time or later. */
    int waitingSince(Instant time) {
        return (int) open.values().stream()
                .filter(ballot -> !ballot.handed().isBefore(time))
                .count();
    }

    /** The ballot that waits longest. */
    Optional<OpenBallot> oldest() {
        return open.values().stream().findFirst();
    }

    /** The ballot that waits for a voter. */
    Optional<OpenBallot> waitingFor(String voter) {
        return Optional.ofNullable(tokenOf.get(voter)).map(open::get);
    }

    /** Numbers of the votes that their voters took back. */
    Set<Long> withdrawn() {
        return withdrawn;
    }

    /** Names of the imports in parts that are complete. */
    Set<String> completed() {
        return completed;
    }

    /** Why a ballot is closed; nothing if it is open or never was. */
    Optional<BallotRefusedException.Reason> closed(String token) {
        return Optional.ofNullable(closed.get(token));
    }

    boolean isBarred(String voter) {
        return barred.contains(voter);
    }

    boolean hasMatch(String name) {
        return matches.contains(name);
    }

    List<ConvergencePoint> history() {
        return List.copyOf(history);
    }
}
