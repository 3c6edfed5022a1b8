package dev.steelyard.ranking.krank;

import dev.steelyard.ranking.Ballot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well each voter agrees with what the others' votes tell: the likelihood of its ballots under the ratings of their
 * time. Who votes at random comes to the logarithm of a half or less; who sees what others see comes above it.
 *
 * <pre>{@code
 * quality.observe(model, ballot);   // before the model learns it, so that a ballot does not speak for itself
 * model.record(ballot);
 * quality.voters().getFirst();      // the one to look at first
 * }</pre>
 */
public final class VoterQuality {

    private final Map<String, Agreement> agreements = new HashMap<>();

    /**
     * What is known of one voter.
     *
     * @param ballots seen
     * @param pairs strictly ordered ones in them
     * @param logLikelihood sum over these pairs, natural logarithm
     */
    public record Agreement(long ballots, long pairs, double logLikelihood) {

        static final Agreement NONE = new Agreement(0, 0, 0);

        /** For one pair; NaN where the voter ordered none. */
        public double meanLogLikelihood() {
            return pairs == 0 ? Double.NaN : logLikelihood / pairs;
        }

        Agreement plus(long morePairs, double more) {
            return new Agreement(ballots + 1, pairs + morePairs, logLikelihood + more);
        }
    }

    /**
     * Sees a ballot that the model has not learnt yet.
     *
     * @throws dev.steelyard.ranking.InvalidBallotException if the model does not know an item
     */
    public void observe(KRank model, Ballot ballot) {
        double likelihood = model.logLikelihood(ballot);
        agreements.merge(
                ballot.voter(),
                Agreement.NONE.plus(orderedPairs(ballot), likelihood),
                (old, fresh) -> old.plus(fresh.pairs(), fresh.logLikelihood()));
    }

    private static long orderedPairs(Ballot ballot) {
        long pairs = 0;
        for (int i = 0; i < ballot.size(); i++) {
            for (int q = 0; q < i; q++) {
                pairs += ballot.rank(i) == ballot.rank(q) ? 0 : 1;
            }
        }
        return pairs;
    }

    /** What is known of a voter; nothing of one who was not seen. */
    public Agreement of(String voter) {
        return agreements.getOrDefault(voter, Agreement.NONE);
    }

    /** All voters that were seen, those who agree least first; those who only tied come last. */
    public List<String> voters() {
        return agreements.keySet().stream()
                .sorted(Comparator.comparingDouble((String voter) -> of(voter).meanLogLikelihood())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
