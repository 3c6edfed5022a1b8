package dev.steelyard.ranking.pairwise;

import dev.steelyard.core.state.RestorableRandom;
import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.ItemPool;
import dev.steelyard.ranking.PooledModel;
import dev.steelyard.ranking.Rating;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bradley-Terry over all ballots so far, with deviations by bootstrap: what public arenas print. The result does not
 * depend on the ballots' order. Ratings are {@code 1000 + 400 log10(strength)}, as Elo's. All ballots are kept; a rating
 * is fitted when it is asked for and kept until the next ballot. No deviation is below the standard error that it would have
 * if the others' strengths were known: resamples of few or unanimous ballots are alike, which is not to be certain.
 *
 * <p>R. Bradley, M. Terry, Rank Analysis of Incomplete Block Designs, Biometrika 39, 1952.
 */
public final class BradleyTerry extends PooledModel {

    private static final double CENTRE = 1000;
    private static final double PER_NATURAL_LOG = 400 / Math.log(10);

    private final BradleyTerryOptions options;
    private List<WeighedBallot> log = new ArrayList<>();
    private double[] means;
    private double[] deviations;

    public BradleyTerry(BradleyTerryOptions options) {
        super("bradley-terry", options.toString());
        this.options = options;
    }

    @Override
    protected void added(int item) {
        forget();
    }

    @Override
    protected void learn(Ballot ballot, int[] items) {
        log.add(new WeighedBallot(items, ballot.ranks(), 1));
        forget();
    }

    /**
     * Learns from a ballot with a weight, such as the inverse of the probability with which its match was made.
     *
     * @param weight finite, above 0
     */
    public void record(Ballot ballot, double weight) {
        int[] items = pool().resolve(ballot);
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "the weight of match '" + ballot.id() + "' must be finite and above 0, not " + weight);
        }
        log.add(new WeighedBallot(items, ballot.ranks(), weight));
        count(items);
        forget();
    }

    /** The fit of all ballots, by the items' numbers in the order in which they came. */
    public BradleyTerryFit fit() {
        return fit(new BallotPairs(pool().size(), log).all());
    }

    private BradleyTerryFit fit(PairWins wins) {
        return BradleyTerryFit.of(wins, options.prior(), options.tolerance(), options.iterations());
    }

    private void forget() {
        means = null;
        deviations = null;
    }

    private double[] means() {
        if (means == null) {
            means = scaled(fit());
        }
        return means;
    }

    private double[] deviations() {
        if (deviations == null) {
            deviations = bootstrap();
        }
        return deviations;
    }

    private double[] bootstrap() {
        BallotPairs pairs = new BallotPairs(pool().size(), log);
        double[] spread = leastDeviations(pairs.all());
        if (log.isEmpty()) {
            return spread;
        }
        RestorableRandom random = new RestorableRandom(options.seed());
        double[][] samples = new double[options.bootstrap()][];
        for (int b = 0; b < samples.length; b++) {
            samples[b] = scaled(fit(pairs.drawn(random)));
        }
        for (int item = 0; item < spread.length; item++) {
            double mean = 0;
            for (double[] sample : samples) {
                mean += sample[item] / samples.length;
            }
            double squares = 0;
            for (double[] sample : samples) {
                squares += (sample[item] - mean) * (sample[item] - mean);
            }
            // max, not Math.max: without any information the least deviation is not a number.
            double resampled = Math.sqrt(squares / (samples.length - 1));
            spread[item] = resampled > spread[item] ? resampled : spread[item];
        }
        return spread;
    }

    /**
     * The standard errors if the others' strengths were known, below which no deviation can be. Resamples say less than
     * that where they are all alike: of an item without a ballot, of one that won all, of a single ballot.
     */
    private double[] leastDeviations(PairWins wins) {
        double[] information = new BradleyTerryLikelihood(wins, options.prior())
                .information(fit(wins).logStrengths());
        double[] weights = new double[information.length];
        double[] squares = new double[information.length];
        for (WeighedBallot ballot : log) {
            for (int item : ballot.items()) {
                weights[item] += ballot.weight();
                squares[item] += ballot.weight() * ballot.weight();
            }
        }
        double[] least = new double[information.length];
        for (int item = 0; item < least.length; item++) {
            double ofOneVote = weights[item] == 0 ? 1 : squares[item] / weights[item];
            least[item] =
                    information[item] == 0 ? Double.NaN : PER_NATURAL_LOG * Math.sqrt(ofOneVote / information[item]);
        }
        return least;
    }

    private static double[] scaled(BradleyTerryFit fit) {
        return Arrays.stream(fit.logStrengths())
                .map(strength -> CENTRE + PER_NATURAL_LOG * strength)
                .toArray();
    }

    /** Mean, and the bootstrap's deviation. */
    @Override
    protected Rating rating(int item) {
        return new Rating(means()[item], deviations()[item]);
    }

    @Override
    protected double score(int item) {
        return means()[item];
    }

    @Override
    protected double predictWin(int item, int other) {
        return 1 / (1 + Math.exp((means()[other] - means()[item]) / PER_NATURAL_LOG));
    }

    @Override
    protected void save(State state) {
        state.put(
                        "items",
                        log.stream()
                                .flatMapToInt(ballot -> Arrays.stream(ballot.items()))
                                .toArray())
                .put(
                        "ranks",
                        log.stream()
                                .flatMapToInt(ballot -> Arrays.stream(ballot.ranks()))
                                .toArray())
                .put(
                        "sizes",
                        log.stream().mapToInt(ballot -> ballot.items().length).toArray())
                .put("weights", log.stream().mapToDouble(WeighedBallot::weight).toArray());
    }

    @Override
    protected Runnable load(State state, ItemPool saved) {
        long[] items = state.integers("items");
        long[] ranks = state.integers("ranks", items.length);
        long[] sizes = state.integers("sizes");
        double[] weights = state.doubles("weights", sizes.length);
        List<WeighedBallot> read = new ArrayList<>();
        int at = 0;
        for (int b = 0; b < sizes.length; b++) {
            if (sizes[b] < 2 || sizes[b] > items.length - at) {
                throw new StateException("the saved state of 'bradley-terry' has a ballot of " + sizes[b]
                        + " items where " + (items.length - at) + " are left; it is damaged");
            }
            int[] ballotItems = new int[(int) sizes[b]];
            int[] ballotRanks = new int[ballotItems.length];
            for (int i = 0; i < ballotItems.length; i++, at++) {
                if (items[at] < 0 || items[at] >= saved.size()) {
                    throw new StateException("the saved state of 'bradley-terry' names item " + items[at] + " of "
                            + saved.size() + "; it is damaged");
                }
                ballotItems[i] = (int) items[at];
                ballotRanks[i] = (int) ranks[at];
            }
            read.add(new WeighedBallot(ballotItems, ballotRanks, weights[b]));
        }
        return () -> {
            log = read;
            forget();
        };
    }
}
