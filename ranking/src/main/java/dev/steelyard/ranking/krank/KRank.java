package dev.steelyard.ranking.krank;

import dev.steelyard.core.state.State;
import dev.steelyard.core.state.StateException;
import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.InvalidBallotException;
import dev.steelyard.ranking.ItemPool;
import dev.steelyard.ranking.PooledModel;
import dev.steelyard.ranking.Rating;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The K-wise Bayesian skill model of K-Sort Arena: an item's skill is Gaussian, a voter sees skill plus Gaussian noise,
 * and a ballot changes the beliefs about its items by an {@link UpdateRule}. The leaderboard sorts by the mean less three
 * deviations.
 *
 * <pre>{@code
 * KRank model = new KRank(KRankOptions.defaults());
 * model.add("opus");
 * model.add("sonata");
 * model.record(Ballot.ordered("match-1", "sonata", "opus"));
 * model.predictWin("sonata", "opus");
 * }</pre>
 *
 * <p>No deviation grows above the one with which its item came. Li, Liu, Fu, Li, Gu, Keutzer, Dong: K-Sort Arena,
 * CVPR 2025, arXiv 2408.14468.
 */
public final class KRank extends PooledModel {

    private final KRankOptions options;
    private final BallotUpdate update;
    private double[] mean = new double[16];
    private double[] variance = new double[16];
    private double[] varianceCap = new double[16];

    private double[] ballotMean = new double[8];
    private double[] ballotVariance = new double[8];
    private double[] ballotNoise = new double[8];

    public KRank(KRankOptions options) {
        super("krank", options.toString());
        this.options = options;
        this.update = options.rule().update();
    }

    public KRankOptions options() {
        return options;
    }

    /**
     * Adds an item of which something is known.
     *
     * @param prior its mean and deviation, not NaN
     */
    public void add(String item, Rating prior) {
        if (Double.isNaN(prior.deviation())) {
            throw new IllegalArgumentException("the prior of '" + item + "' needs a deviation");
        }
        add(item);
        int number = pool().number(item);
        mean[number] = prior.mean();
        variance[number] = prior.deviation() * prior.deviation();
        varianceCap[number] = variance[number];
    }

    @Override
    protected void added(int item) {
        if (item == mean.length) {
            mean = Arrays.copyOf(mean, 2 * item);
            variance = Arrays.copyOf(variance, 2 * item);
            varianceCap = Arrays.copyOf(varianceCap, 2 * item);
        }
        mean[item] = options.priorMean();
        variance[item] = options.priorDeviation() * options.priorDeviation();
        varianceCap[item] = variance[item];
    }

    @Override
    protected void learn(Ballot ballot, int[] items) {
        apply(ballot, items, options.noise(), 1);
    }

    /**
     * Learns from a ballot of a voter whose noise is known to be other than the options'.
     *
     * @param noise deviation beta of the performances that this voter sees, above 0
     * @throws InvalidBallotException if it names an item that is unknown or retired, or the noise is not above 0
     */
    public void record(Ballot ballot, double noise) {
        int[] items = pool().resolve(ballot);
        if (!(noise > 0) || Double.isInfinite(noise)) {
            throw new InvalidBallotException(
                    ballot.id(),
                    InvalidBallotException.Reason.INVALID_NOISE,
                    "the voter's noise is " + noise + ", finite and above 0");
        }
        apply(ballot, items, noise, 1);
        count(items);
    }

    /**
     * Learns from a ballot as far as its voter is trusted, see {@link VoterTrust}.
     *
     * @param trust lambda, in [0, 1]: 1 learns the ballot in full, 0 not at all
     */
    public void recordTrusted(Ballot ballot, double trust) {
        VoterTrust.requireFraction(trust);
        int[] items = pool().resolve(ballot);
        apply(ballot, items, options.noise(), trust);
        count(items);
    }

    /**
     * Learns from a match of teams, such as 2 against 2, or of more than two teams. A match of teams of one is a ballot.
     *
     * @param match its name
     * @param teams at least 2; an item plays in one
     * @param ranks one a team, 0 best, equal ranks tie
     * @throws InvalidBallotException naming the match, if a member is unknown, retired or named twice, or the ranks do not fit
     */
    public void record(String match, List<Team> teams, int... ranks) {
        if (teams.size() < 2) {
            throw new InvalidBallotException(
                    match,
                    InvalidBallotException.Reason.TOO_FEW_ITEMS,
                    "it has " + teams.size() + " teams, at least 2");
        }
        if (ranks.length != teams.size()) {
            throw new InvalidBallotException(
                    match,
                    InvalidBallotException.Reason.RANKS_LENGTH,
                    "it has " + ranks.length + " ranks for " + teams.size() + " teams, one rank a team");
        }
        Ballot members = members(match, teams, ranks);
        int[] items = pool().resolve(members);
        double[] teamMean = Arrays.stream(items).mapToDouble(item -> mean[item]).toArray();
        double[] teamVariance =
                Arrays.stream(items).mapToDouble(item -> variance[item]).toArray();
        new TeamUpdate(options.rule(), options.noise()).apply(teams, teamMean, teamVariance, ranks.clone());
        for (int i = 0; i < items.length; i++) {
            requireSound(members, i, teamMean[i], teamVariance[i]);
        }
        take(items, teamMean, teamVariance);
        count(items);
    }

    /** All members with the ranks of their teams, by which they are looked up and checked. */
    private static Ballot members(String match, List<Team> teams, int[] ranks) {
        List<String> members = new ArrayList<>();
        List<Integer> memberRanks = new ArrayList<>();
        for (int team = 0; team < ranks.length; team++) {
            members.addAll(teams.get(team).members());
            memberRanks.addAll(Collections.nCopies(teams.get(team).size(), ranks[team]));
        }
        return Ballot.ranked(
                match, members, memberRanks.stream().mapToInt(Integer::intValue).toArray());
    }

    private static void requireSound(Ballot ballot, int position, double newMean, double newVariance) {
        if (!Double.isFinite(newMean) || !(newVariance > 0)) {
            throw new ArithmeticException("match '" + ballot.id() + "' would give '"
                    + ballot.items().get(position) + "' the mean " + newMean + " and the variance " + newVariance
                    + "; it is not counted");
        }
    }

    private void take(int[] items, double[] newMean, double[] newVariance) {
        for (int i = 0; i < items.length; i++) {
            mean[items[i]] = newMean[i];
            variance[items[i]] = Math.min(newVariance[i], varianceCap[items[i]]);
        }
    }

    private void apply(Ballot ballot, int[] items, double noise, double trust) {
        int size = items.length;
        if (size > ballotMean.length) {
            ballotMean = new double[size];
            ballotVariance = new double[size];
            ballotNoise = new double[size];
        }
        for (int i = 0; i < size; i++) {
            ballotMean[i] = mean[items[i]];
            ballotVariance[i] = variance[items[i]];
        }
        Arrays.fill(ballotNoise, 0, size, noise * noise);
        update.apply(ballotMean, ballotVariance, ballotNoise, ballot.ranks(), size);
        for (int i = 0; i < size; i++) {
            int item = items[i];
            requireSound(ballot, i, ballotMean[i], ballotVariance[i]);
            if (trust < 1) {
                ballotMean[i] = VoterTrust.mean(mean[item], ballotMean[i], trust);
                ballotVariance[i] = VoterTrust.variance(variance[item], ballotVariance[i], trust);
            }
        }
        take(items, ballotMean, ballotVariance);
    }

    @Override
    protected Rating rating(int item) {
        return new Rating(mean[item], Math.sqrt(variance[item]));
    }

    @Override
    protected double score(int item) {
        return mean[item] - options.conservatism() * Math.sqrt(variance[item]);
    }

    @Override
    protected double predictWin(int item, int other) {
        return TruncatedGaussian.cumulative(winMargin(item, other));
    }

    /** The expected difference of two performances in units of its deviation. */
    private double winMargin(int item, int other) {
        double total = 2 * options.noise() * options.noise() + variance[item] + variance[other];
        return (mean[item] - mean[other]) / Math.sqrt(total);
    }

    /**
     * How even a match would be: TrueSkill's probability of a draw among all, relative to that among equals whose skills
     * are known; in (0, 1].
     *
     * @param items at least 2, all known
     */
    public double quality(List<String> items) {
        if (items.size() < 2) {
            throw new IllegalArgumentException("a match has at least 2 items, not " + items.size());
        }
        double noiseVariance = options.noise() * options.noise();
        double weights = 0;
        double weighted = 0;
        double logNarrowing = Math.log(items.size() / noiseVariance);
        for (String item : items) {
            int number = pool().number(item);
            double weight = 1 / (noiseVariance + variance[number]);
            weights += weight;
            weighted += weight * mean[number];
            logNarrowing += Math.log(noiseVariance * weight);
        }
        double centre = weighted / weights;
        double spread = 0;
        for (String item : items) {
            int number = pool().number(item);
            double distance = mean[number] - centre;
            spread += distance * distance / (noiseVariance + variance[number]);
        }
        return Math.exp(0.5 * (logNarrowing - Math.log(weights) - spread));
    }

    /**
     * How likely a ballot is under the current beliefs: the sum over its strictly ordered pairs of the logarithm of
     * {@link #predictWin}. Low sums tell of a voter who does not look.
     */
    public double logLikelihood(Ballot ballot) {
        int[] items = pool().resolve(ballot);
        double sum = 0;
        for (int i = 0; i < items.length; i++) {
            for (int q = 0; q < items.length; q++) {
                if (ballot.rank(i) < ballot.rank(q)) {
                    sum += TruncatedGaussian.logCumulative(winMargin(items[i], items[q]));
                }
            }
        }
        return sum;
    }

    @Override
    protected void save(State state) {
        state.put("mean", Arrays.copyOf(mean, pool().size()))
                .put("variance", Arrays.copyOf(variance, pool().size()))
                .put("varianceCap", Arrays.copyOf(varianceCap, pool().size()));
    }

    @Override
    protected Runnable load(State state, ItemPool saved) {
        double[] savedMean = state.doubles("mean", saved.size());
        double[] savedVariance = state.doubles("variance", saved.size());
        double[] savedCap = state.doubles("varianceCap", saved.size());
        for (int item = 0; item < saved.size(); item++) {
            if (!Double.isFinite(savedMean[item]) || !(savedVariance[item] > 0) || !(savedCap[item] > 0)) {
                throw new StateException("the saved state of 'krank' gives '" + saved.name(item) + "' the mean "
                        + savedMean[item] + " and the variance " + savedVariance[item] + "; it is damaged");
            }
        }
        int room = Math.max(16, saved.size());
        return () -> {
            mean = Arrays.copyOf(savedMean, room);
            variance = Arrays.copyOf(savedVariance, room);
            varianceCap = Arrays.copyOf(savedCap, room);
        };
    }
}
