package dev.steelyard.ranking.dla;

import dev.steelyard.core.paper.Claim;
import java.util.List;

/** The paper's claims as the study puts them to the test, on simulated clicks. */
final class DlaClaims {

    static final Claim BEATS = Claim.of(
                    "beats",
                    "DLA ranks better than naive learning and than rankers trained on a click model's relevance")
            .figure("significant in MAP, nDCG and ERR on Yahoo! LETOR set 1, position-based clicks")
            .above("naive", "nDCG@10 of DLA minus that of naive learning, position-based clicks", .03)
            .above("click-model", "nDCG@10 of DLA minus that of labels by PBM-EM, position-based clicks", .004)
            .below("labels", "nDCG@10 of known labels minus that of DLA, position-based clicks", .006);

    static final Claim RANDOMISATION = Claim.of(
                    "randomisation", "DLA ranks better than inverse propensity weighting by randomisation")
            .figure("significant on Yahoo! LETOR set 1")
            .above("gain", "nDCG@10 of DLA minus that of IPW with fresh randomisation, position-based clicks", 0);

    static final Claim PROPENSITY = Claim.of("propensity", "The propensities are found as well as by randomisation")
            .figure("small mean squared error of the inverse weights")
            .below("error", "mean absolute error of P_k/P_1, position-based clicks", .06)
            .below("rank", "absolute difference in nDCG@10 between DLA and IPW, position-based clicks", .004);

    static final Claim OTHER_USERS = Claim.of("other-users", "It holds for users who do not look by position alone")
            .figure("Sogou's logs, against rankers trained on click models")
            .above("ubm-naive", "nDCG@10 of DLA minus that of naive learning, browsing clicks", .015)
            .above("ubm-model", "nDCG@10 of DLA minus that of labels by PBM-EM, browsing clicks", .003)
            .above("ccm-naive", "nDCG@10 of DLA minus that of naive learning, click chains", .015)
            .above("ccm-model", "nDCG@10 of DLA minus that of labels by PBM-EM, click chains", .003);

    static final Claim ADAPTS = Claim.of(
                    "adapts", "DLA follows a bias that changes; weights from old randomisation do not")
            .figure("curve over the bias's severity")
            .above("gain", "nDCG@10 of DLA minus that of stale IPW after eta went from 1 to 2", .02);

    static final List<Claim> ALL = List.of(BEATS, RANDOMISATION, PROPENSITY, OTHER_USERS, ADAPTS);

    private DlaClaims() {}
}
