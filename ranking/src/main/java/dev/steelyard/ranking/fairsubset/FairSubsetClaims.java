package dev.steelyard.ranking.fairsubset;

import dev.steelyard.core.paper.Claim;
import java.util.List;

/** The paper's claims as the study puts them to the test. */
final class FairSubsetClaims {

    static final Claim QUOTA = Claim.of(
                    "quota",
                    "With the best quota Borda recovers almost all latent worth under bias, SNTV does not, Bloc is between")
            .figure("ratio near 1 against one that falls with the share of swaps; m = 50, k = 10, n = 25 to 100")
            .above("borda-mallows", "best-quota ratio of Borda, Mallows .8, lambda .5", .95)
            .above("borda-ic", "best-quota ratio of Borda, impartial culture, lambda .5", .95)
            .above("gain-mallows", "the same less its ratio without quota, Mallows .8", .04)
            .above("gain-ic", "the same less its ratio without quota, impartial culture", .04)
            .below("sntv-mallows", "best-quota ratio of SNTV, Mallows .8, lambda .5", .75)
            .below("sntv-ic", "best-quota ratio of SNTV, impartial culture, lambda .5", .75)
            .above("bloc-above", "best-quota ratio of Bloc minus that of SNTV, least over both cultures", 0)
            .above("bloc-below", "best-quota ratio of Borda minus that of Bloc, least over both cultures", 0);

    static final Claim RANKINGS = Claim.of(
                    "rankings", "Some score functions need few rankings, others very many; without quota none helps")
            .figure("polynomial against exponential numbers of rankings, by theorem")
            .above("borda", "best-quota ratio of Borda with 5 rankings, lambda .3", .98)
            .above("sntv-rise", "best-quota ratio of SNTV with the most rankings minus that with 5", .15)
            .above("sntv-below", "best-quota ratio of Borda minus that of SNTV, most rankings", 0)
            .below("sntv-unconstrained", "ratio of SNTV without quota, most rankings", .85)
            .below("bloc-unconstrained", "ratio of Bloc without quota, most rankings", .90)
            .below("borda-unconstrained", "ratio of Borda without quota, most rankings", .95);

    static final Claim SUBMODULAR = Claim.of("submodular", "Quotas help Chamberlin-Courant too")
            .figure("plots for l1-CC")
            .above("gain", "best-quota ratio minus that without quota, exact selection, lambda .5", .015);

    static final Claim SMOOTHNESS = Claim.of("smoothness", "The smoothness parameters predict which function recovers")
            .figure("plots of alpha and gamma(beta), m = 10, n = 10, 500 draws")
            .above("borda-bloc", "alpha of Borda minus that of Bloc", 0)
            .above("bloc-sntv", "alpha of Bloc minus that of SNTV", 0);

    static final List<Claim> ALL = List.of(QUOTA, RANKINGS, SUBMODULAR, SMOOTHNESS);

    private FairSubsetClaims() {}
}
