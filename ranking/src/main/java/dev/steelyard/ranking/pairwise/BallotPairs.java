package dev.steelyard.ranking.pairwise;

import java.util.List;
import java.util.random.RandomGenerator;

/** The pairs of a log of ballots, looked up once, so that many resamples of the ballots can be counted. */
final class BallotPairs {

    private static final int LOST = 0;
    private static final int TIED = 1;
    private static final int WON = 2;
    private static final int RESULTS = 3;

    private final List<WeighedBallot> log;
    private final PairWins pairs;
    /** Where the pairs of each ballot begin. */
    private final int[] from;
    /** Number of the pair times 3, plus how the item of the larger number did. */
    private final int[] results;

    BallotPairs(int items, List<WeighedBallot> log) {
        this.log = log;
        this.pairs = new PairWins(items);
        this.from = new int[log.size() + 1];
        for (int ballot = 0; ballot < log.size(); ballot++) {
            int size = log.get(ballot).items().length;
            from[ballot + 1] = Math.addExact(from[ballot], size * (size - 1) / 2);
        }
        this.results = new int[from[log.size()]];
        int at = 0;
        for (WeighedBallot ballot : log) {
            int[] met = ballot.items();
            for (int i = 1; i < met.length; i++) {
                for (int q = 0; q < i; q++) {
                    int order = Integer.compare(ballot.ranks()[q], ballot.ranks()[i]);
                    int ofLarger = met[i] > met[q] ? order : -order;
                    results[at++] = RESULTS * pairs.pair(met[i], met[q]) + ofLarger + TIED;
                }
            }
        }
    }

    /** What all ballots say. */
    PairWins all() {
        PairWins wins = pairs.cleared();
        for (int ballot = 0; ballot < log.size(); ballot++) {
            count(ballot, wins);
        }
        return wins;
    }

    /** What as many ballots say that are drawn with replacement. */
    PairWins drawn(RandomGenerator random) {
        PairWins wins = pairs.cleared();
        for (int draw = 0; draw < log.size(); draw++) {
            count(random.nextInt(log.size()), wins);
        }
        return wins;
    }

    private void count(int ballot, PairWins wins) {
        double weight = log.get(ballot).weight();
        for (int at = from[ballot]; at < from[ballot + 1]; at++) {
            int pair = results[at] / RESULTS;
            switch (results[at] % RESULTS) {
                case LOST -> wins.add(pair, 0, weight);
                case WON -> wins.add(pair, weight, 0);
                default -> wins.add(pair, weight / 2, weight / 2);
            }
        }
    }
}
