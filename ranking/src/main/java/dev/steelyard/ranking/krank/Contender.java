package dev.steelyard.ranking.krank;

import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.krank.MatchmakerOptions.OpponentRule;
import dev.steelyard.ranking.pairwise.BradleyTerry;
import dev.steelyard.ranking.pairwise.BradleyTerryOptions;
import dev.steelyard.ranking.pairwise.Elo;
import dev.steelyard.ranking.pairwise.EloOptions;
import dev.steelyard.ranking.pairwise.Glicko2;
import dev.steelyard.ranking.pairwise.Glicko2Options;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** What the study compares: a rating, a choice of matches and a number of items in each. */
enum Contender {
    PAIRS_4("pair sum, K=4, UCB", 4, MatchmakerOptions.defaults(), () -> pairSum(PairSum.PAPER_FLOOR)),
    PAIRS_2("pair sum, K=2, UCB", 2, MatchmakerOptions.defaults(), () -> pairSum(PairSum.PAPER_FLOOR)),
    PAIRS_6("pair sum, K=6, UCB", 6, MatchmakerOptions.defaults(), () -> pairSum(PairSum.PAPER_FLOOR)),
    PAIRS_2_RANDOM("pair sum, K=2, random", 2, MatchmakerOptions.random(), () -> pairSum(PairSum.PAPER_FLOOR)),
    PAIRS_4_RANDOM("pair sum, K=4, random", 4, MatchmakerOptions.random(), () -> pairSum(PairSum.PAPER_FLOOR)),
    PAIRS_4_SKILL(
            "pair sum, K=4, nearest skill",
            4,
            MatchmakerOptions.defaults().withOpponents(OpponentRule.SIMILAR_SKILL),
            () -> pairSum(PairSum.PAPER_FLOOR)),
    ROBUST_4("pair sum with floor 0.3, K=4, UCB", 4, MatchmakerOptions.defaults(), () -> pairSum(PairSum.ROBUST_FLOOR)),
    ROBUST_6("pair sum with floor 0.3, K=6, UCB", 6, MatchmakerOptions.defaults(), () -> pairSum(PairSum.ROBUST_FLOOR)),
    CHAIN_4("expectation propagation, K=4, UCB", 4, MatchmakerOptions.defaults(), Contender::chain),
    CHAIN_6("expectation propagation, K=6, UCB", 6, MatchmakerOptions.defaults(), Contender::chain),
    ELO_4("Elo k=4, K=2, random", 2, MatchmakerOptions.random(), () -> new Elo(EloOptions.of(4))),
    ELO_16("Elo k=16, K=2, random", 2, MatchmakerOptions.random(), () -> new Elo(EloOptions.of(16))),
    ELO_32("Elo k=32, K=2, random", 2, MatchmakerOptions.random(), () -> new Elo(EloOptions.of(32))),
    GLICKO2("Glicko-2, K=2, random", 2, MatchmakerOptions.random(), () -> new Glicko2(Glicko2Options.defaults())),
    BRADLEY_TERRY(
            "Bradley-Terry, K=2, random",
            2,
            MatchmakerOptions.random(),
            () -> new BradleyTerry(BradleyTerryOptions.defaults().withTolerance(1e-6)));

    static final List<Contender> ELOS = List.of(ELO_4, ELO_16, ELO_32);

    private final String label;
    private final int size;
    private final MatchmakerOptions matches;
    private final Supplier<SkillModel> model;

    Contender(String label, int size, MatchmakerOptions matches, Supplier<SkillModel> model) {
        this.label = label;
        this.size = size;
        this.matches = matches;
        this.model = model;
    }

    private static SkillModel pairSum(double floor) {
        return new KRank(KRankOptions.paper().withRule(new PairSum(floor)));
    }

    private static SkillModel chain() {
        return new KRank(KRankOptions.paper().withRule(ExpectationPropagation.still()));
    }

    String label() {
        return label;
    }

    int size() {
        return size;
    }

    MatchmakerOptions matches() {
        return matches;
    }

    SkillModel model() {
        return model.get();
    }

    /** Whether it is fitted to all votes anew when it is looked at. */
    boolean isBatch() {
        return this == BRADLEY_TERRY;
    }

    boolean isElo() {
        return ELOS.contains(this);
    }

    static Contender labelled(String label) {
        return Arrays.stream(values())
                .filter(contender -> contender.label.equals(label))
                .findFirst()
                .orElseThrow();
    }
}
