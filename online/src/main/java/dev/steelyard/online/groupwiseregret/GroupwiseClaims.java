package dev.steelyard.online.groupwiseregret;

import dev.steelyard.core.paper.Claim;
import java.util.List;

/** The paper's claims as the study puts them to the test. */
final class GroupwiseClaims {

    static final Claim SYNTHETIC = Claim.of(
                    "synthetic", "Every group's regret is far below that of a single model, synthetic data")
            .figure("mean of labels: circle 15.3 to 0.73, square 15.4 to 0.63, ..., all 0.76 to -39.9; T = 100,000")
            .above("mean", "least gain over the groups, labels by their mean", 1.5)
            .above("permutation", "least gain over the groups, labels by a permutation", 1.5);

    static final Claim MEDICAL = Claim.of("medical", "It is better in all twelve groups of medical costs")
            .figure("smoker 5.06 to 1.47, obese 3.42 to 1.25, all 1.13 to -3.43")
            .above("least", "least gain over the twelve groups, data like the paper's", 0)
            .below("smoker", "regret of the smokers over that under a single model", .5);

    static final Claim NEGATIVE = Claim.of(
                    "negative", "Regret may be negative: the mixture beats the best single linear model")
            .figure("all: -39.9 to -185.8 by label rule")
            .below("all", "regret over all rounds, synthetic data, labels by a permutation", 0);

    static final Claim PATHS = Claim.of("paths", "The reduction needs only an oracle: shortest paths")
            .figure("stated, not measured")
            .above("group", "gain in group B over a single perturbed leader", 20)
            .above("all", "gain over all rounds", 20);

    static final Claim ADULT = Claim.of("adult", "It is better in all thirteen groups of the Adult income data")
            .figure("young 37.4 to 14.0, all 18.2 to -18.5")
            .above("least", "least gain over the thirteen groups, incomes as numbers", 0);

    static final Claim COST = Claim.of("cost", "Where one linear model is right for all, it costs little")
            .figure("not in the paper; measured: all 5.2 to 6.0 drawn and 3.7 averaged")
            .below("randomised", "largest loss over the groups against a single model, RAND experiment", 1.5)
            .below("averaged", "the same with averaged predictions", .5);

    static final List<Claim> ALL = List.of(SYNTHETIC, MEDICAL, NEGATIVE, PATHS, ADULT, COST);

    private GroupwiseClaims() {}
}
