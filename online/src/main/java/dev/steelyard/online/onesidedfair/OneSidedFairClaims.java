package dev.steelyard.online.onesidedfair;

import dev.steelyard.core.paper.Claim;
import java.util.List;

/** The paper's claims as the study puts them to the test; the paper has theorems and no experiments. */
final class OneSidedFairClaims {

    static final Claim ACCURACY = Claim.of(
                    "accuracy",
                    "The policy's errors approach those of the best fair policy, though labels are one-sided")
            .figure("regret in error O(k^(3/2) T^(4/5) sqrt(ln|H|))")
            .below("gap", "error of Exp2 at T = 8000 minus that of the best policy fair at alpha - 0.1", .015)
            .above("progress", "error of Exp2 at the shortest T minus that at T = 8000", .02);

    static final Claim FAIRNESS = Claim.of("fairness", "Rounds with a violation are o(T)")
            .figure("violations of the order of T^(4/5) over epsilon")
            .below("share", "violation rate of Exp2 over that without penalty, T = 8000", .25)
            .above("falls", "violation rate of Exp2 at T = 8000 minus that at the longest T", 0);

    static final Claim RATE = Claim.of(
                    "rate", "Errors beyond the best fair policy and violations grow no faster than T^(4/5)")
            .figure("T^(4/5) for both, with C = T^(1/5)")
            .below("errors", "exponent of the summed error gap from the shortest T to T = 8000", .8)
            .below("violations", "exponent of the number of violations from T = 8000 to the longest T", .8);

    static final Claim ONE_SIDED = Claim.of(
                    "one-sided", "The bias of hidden outcomes is taken away; learning on accepted cases alone keeps it")
            .figure("argued, not measured")
            .below("cost", "error of Exp2 minus that with all labels, T = 8000", .01)
            .above("gain", "error of self-confirming minus that of Exp2, T = 8000", .05);

    static final Claim ORACLE = Claim.of("oracle", "An oracle for the class is enough, at a slower rate")
            .figure("T^(41/45)")
            .below("error", "error of FTPL, T = 8000", .27)
            .below("share", "violation rate of FTPL over that of FTPL without penalty, T = 8000", .3);

    static final List<Claim> ALL = List.of(ACCURACY, FAIRNESS, RATE, ONE_SIDED, ORACLE);

    private OneSidedFairClaims() {}
}
