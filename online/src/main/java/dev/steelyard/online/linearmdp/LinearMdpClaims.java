package dev.steelyard.online.linearmdp;

import dev.steelyard.core.paper.Claim;
import java.util.List;

/** The paper's claims as the study puts them to the test; the paper has theorems and no experiments. */
final class LinearMdpClaims {

    static final Claim LOG_BARRIER = Claim.of(
                    "log-barrier",
                    "With a simulator, the log barrier's regret grows with the root of K, below its predecessor's")
            .figure("O~(sqrt(A d H^6 K)) against K^(2/3) before")
            .below("exponent", "exponent of the log barrier's regret, K = 1000 to the longest", .72)
            .below("ratio", "regret of the log barrier over that of the better 2021 setting, longest K", .9)
            .below("uniform", "regret of the 2021 method over that of the uniform policy, longest K", .9);

    static final Claim MAGNITUDE_REDUCED = Claim.of(
                    "magnitude-reduced",
                    "Magnitude-reduced estimates with exponential weights need no factor of the number of actions")
            .figure("O~(sqrt(d H^6 K))")
            .below("exponent", "exponent of the magnitude-reduced regret, K = 1000 to the longest", .65)
            .below("ratio", "regret of magnitude-reduced over that of the log barrier, longest K", .9);

    static final Claim SIMULATOR_FREE = Claim.of("simulator-free", "Without a simulator the regret is sublinear still")
            .figure("K^(8/9) against K^(14/15) before")
            .below("start", "regret over that of the uniform policy, K = 2000", .9)
            .below("end", "regret over that of the uniform policy, K = 32000", .62);

    static final List<Claim> ALL = List.of(LOG_BARRIER, MAGNITUDE_REDUCED, SIMULATOR_FREE);

    private LinearMdpClaims() {}
}
