package dev.steelyard.ranking.krank;

import dev.steelyard.core.paper.Claim;
import java.util.List;

/** The paper's claims as the study puts them to the test. */
final class KRankClaims {

    static final Claim VOTES = Claim.of(
                    "votes", "K-Sort Arena ranks 50 models without an error after 16.3 times fewer votes than ELO")
            .figure("votes until the squared rank error stays 0, no noise: K-Sort 716, ELO 11692")
            .below("ours", "matches until the rank error stays 0, pair sum, K=4, UCB", 1100)
            .above(
                    "ratio",
                    "ELO's matches, by its best k in each run and counted as all 20,000 where it does not settle, over"
                            + " those of the pair sum with K=4 and UCB",
                    16.3);

    static final Claim PROBABILISTIC = Claim.of(
                    "probabilistic", "At K=2 the Bayesian model converges where ELO still oscillates")
            .figure("converges after about 1500 votes, 2000 with 5% noise; ELO oscillates at 3000")
            .below("settled", "matches until the rank error stays 0, pair sum, K=2, UCB", 2000)
            .above("error", "rank error at 3000 matches: ELO by its best k in each run, minus pair sum, K=2, UCB", 0)
            .below("noise-settled", "matches until the rank error stays at most 0.5, with 5% random votes", 2000)
            .above("noise-error", "the same difference of errors with 5% random votes", 0);

    static final Claim HALVES = Claim.of("k4", "K=4 needs about half of the votes of K=2")
            .figure("a figure without numbers")
            .above("at-least", "matches until the rank error stays 0, K=2 over K=4, pair sum, UCB", 1.4)
            .below("at-most", "the same ratio", 3);

    static final Claim SIX = Claim.of("k6", "K=6 converges too, with small fluctuations")
            .figure("a figure without numbers")
            .below("error", "rank error at 1500 matches, the paper's pair sum, K=6, UCB", 0.5);

    static final Claim MATCHES = Claim.of("ucb", "UCB matches converge sooner than random and than skill-only matches")
            .figure("random matches have not converged at 3000 votes")
            .above("random", "rank error at 1500 matches, random minus UCB, pair sum, K=4", 0)
            .above("random-late", "rank error at 3000 matches, random minus UCB, pair sum, K=4", 0)
            .above("skill", "rank error at 1500 matches, skill-only minus UCB, pair sum, K=4", 0);

    static final Claim NEWCOMER = Claim.of("newcomer", "A new model finds its rank in about 30 matches")
            .figure("30 matches from rank 51 to rank 31")
            .below("worst", "matches until it stays within one rank, worst run", 36)
            .above(
                    "random",
                    "matches with random ones (counted as all 200 where it does not settle) minus those with pivot and"
                            + " UCB",
                    0);

    static final List<Claim> ALL = List.of(VOTES, PROBABILISTIC, HALVES, SIX, MATCHES, NEWCOMER);

    private KRankClaims() {}
}
