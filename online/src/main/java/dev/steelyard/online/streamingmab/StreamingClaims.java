package dev.steelyard.online.streamingmab;

import dev.steelyard.core.paper.Claim;
import java.util.List;

/** The paper's claims as the study puts them to the test. */
final class StreamingClaims {

    static final Claim BEATS = Claim.of("beats", "The proposed algorithms beat uniform exploration by a large margin")
            .figure("up to 70 % less regret; K up to 50,000, T = 1000 K^1 to 1000 K^3")
            .below("log-clear", "regret of the log tower over that of uniform exploration, clear stream", .6)
            .below("log-mix", "the same, mixed stream", .6)
            .below("loglog-clear", "regret of the log log tower over that of uniform exploration, clear stream", .6)
            .below("loglog-mix", "the same, mixed stream", .6)
            .below("logstar-clear", "regret of the log* tower over that of uniform exploration, clear stream", .75)
            .below("logstar-mix", "the same, mixed stream", .75)
            .below("single-clear", "regret of the single-memory algorithm over uniform exploration's, clear stream", .6)
            .below("single-mix", "the same, mixed stream", .6);

    static final Claim MEMORY = Claim.of("memory", "Memory of log* K arms suffices for an arm within eps of the best")
            .figure("theorem")
            .below("stored", "most arms stored by the log* tower, the arriving one included", 5.5)
            .below("gap", "largest of best mean less kept mean over eps, all towers and runs", 1);

    static final Claim RATE = Claim.of("rate", "Regret grows as T^(2/3), as it must with little memory")
            .figure("K^(1/3) T^(2/3), lower bound and upper bound")
            .above("least", "exponent of the log log tower's regret from T = 10^6 to the longest", .6)
            .below("most", "the same exponent", .72);

    static final Claim NAIVE = Claim.of("naive", "ln K/eps^2 pulls of each arm beat uniform exploration")
            .figure("a better bound: log K in place of ln^(1/3) T")
            .below("ratio", "regret of the naive algorithm over uniform exploration's, least of both streams", 1);

    static final List<Claim> ALL = List.of(BEATS, MEMORY, RATE, NAIVE);

    private StreamingClaims() {}
}
