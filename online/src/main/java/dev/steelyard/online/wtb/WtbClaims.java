package dev.steelyard.online.wtb;

import dev.steelyard.core.paper.Claim;
import java.util.List;

/** The paper's claims as the study puts them to the test. */
final class WtbClaims {

    static final Claim BEATS = Claim.of(
                    "beats", "Where some actions need repeated exposure and others do not, it beats natural baselines")
            .figure("simulation figures, tallying with synthetic losses")
            .below("elimination", "mean regret over that of successive elimination without burn-in, T = 40000", .4)
            .below("ucb1", "mean regret over that of UCB1, T = 40000", .4)
            .below("exp3", "mean regret over that of EXP3 in batches, T = 40000", .4)
            .below("epsilon-greedy", "mean regret over that of epsilon-greedy, T = 40000", .4);

    static final Claim FLAT = Claim.of("flat", "Complete policy regret is O~(sqrt(KT) + (m+M)K)")
            .figure("theorem")
            .below("growth", "regret at T = 40000 over that at T = 10000", 1.25);

    static final Claim MEMORY = Claim.of("memory", "A larger bound M of the memory costs little: additively")
            .figure("simulation figures")
            .below("doubled", "regret with M = 40 over that with M = 20, largest over T", 1.6);

    static final Claim RAMPS = Claim.of("ramps", "It beats natural baselines also where every action needs exposure")
            .figure("not shown by the paper's figures in this form")
            .below("ucb1", "mean regret over that of UCB1, largest over three settings", 1)
            .below("exp3", "mean regret over that of EXP3 in batches, largest over three settings", 1);

    static final Claim COMMIT = Claim.of(
                    "commit", "It beats explore-then-commit whose blocks load the memory too, at these horizons")
            .figure("not in the paper; a baseline that knows of burn-in as well")
            .below("mixed", "mean regret over that of explore-then-commit with burn-in M, T = 40000", 1)
            .below("ramps", "the same where every action needs exposure, largest over three settings", 1);

    static final Claim LOWER = Claim.of("lower", "Every algorithm's regret is Omega(mK + M)")
            .figure("theorem")
            .above("least", "a measured counterpart; a bound over all algorithms cannot be measured", 0);

    static final List<Claim> ALL = List.of(BEATS, FLAT, MEMORY, RAMPS, COMMIT, LOWER);

    private WtbClaims() {}
}
