package dev.steelyard.online.oomdsea;

import dev.steelyard.core.paper.Claim;
import java.util.List;

/** The paper's claims as the study puts them to the test; the paper is theory, without experiments. */
final class SeaClaims {

    static final Claim CONVEX = Claim.of(
                    "convex", "For convex losses the regret follows noise and drift: O(sqrt(sigma2) + sqrt(Sigma2))")
            .figure("5 sqrt(10) D^2 L + 5 sqrt(5)/2 D G + 5 sqrt(2) D sqrt(sigma2) + 5 D sqrt(Sigma2)")
            .below("bound", "largest over cells of regret over the bound", 1)
            .above("drift-10", "regret of OGD minus ours, drift of period 10, longest T", 50)
            .above("drift-50", "regret of OGD minus ours, drift of period 50, longest T", 50)
            .below("noise", "regret over that of OGD, noise alone, longest T", 1.15)
            .below("flips", "regret over that of OGD where signs flip, its worst case, longest T", 1.7)
            .below("growth-10", "regret after the longest T minus after the shortest, drift of period 10", 0);

    static final Claim STRONG = Claim.of(
                    "strong", "For strongly convex losses it beats optimistic follow-the-leader, and stays flat")
            .figure("O(log) of the drift and noise in place of log T")
            .above("leader", "least over cells of the regret of optimistic FTL minus ours, longest T", 0)
            .above("descent", "least over cells of the regret of OGD minus ours, longest T", 0)
            .below(
                    "flat",
                    "largest over cells of the change of regret from the shortest to the longest T, less 15% of the"
                            + " former's",
                    5);

    static final Claim DYNAMIC = Claim.of("dynamic", "Two layers follow a drifting comparator")
            .figure("O(P_T + sqrt(1 + P_T)(sqrt(sigma2) + sqrt(Sigma2)))")
            .below("single", "dynamic regret over that of a single learner, 40 changes", .7)
            .below("ogd", "dynamic regret over that of OGD, 40 changes", .4)
            .below("price", "dynamic regret without a change: the price of the pool", 60);

    static final Claim EXP_CONCAVE = Claim.of("exp-concave", "For exp-concave losses: O(d log(sigma2 + Sigma2))")
            .figure("new in the paper")
            .above("drift-25", "regret of the Newton step without optimism minus ours, drift of period 25", 8)
            .below(
                    "elsewhere",
                    "largest over the other cells of the regret that we add to the plain one's, in shares",
                    .1);

    static final List<Claim> ALL = List.of(CONVEX, STRONG, DYNAMIC, EXP_CONCAVE);

    private SeaClaims() {}
}
