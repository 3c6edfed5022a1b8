package dev.steelyard.online.onesidedfair;

import java.util.List;

/** What the study compares. */
enum LendingMethod {
    EXP2("Exp2", 1),
    EXP2_SEMI_BANDIT("Exp2, semi-bandit costs", 1),
    EXP2_DOUBLE("Exp2, C doubled", 2),
    EXP2_FOURFOLD("Exp2, C fourfold", 4),
    FULL_INFORMATION("full information", 1),
    NO_PENALTY("Exp2, C = 0", 0),
    SELF_CONFIRMING("self-confirming", 0),
    UNIFORM("uniform over hypotheses", 0),
    FTPL("FTPL", 1),
    FTPL_NO_PENALTY("FTPL, C = 0", 0);

    /** Those that show what is made of hidden outcomes, with a penalty and without. */
    static final List<LendingMethod> HIDDEN_OUTCOMES = List.of(EXP2, FULL_INFORMATION, NO_PENALTY, SELF_CONFIRMING);

    private final String title;
    private final double penaltyFactor;

    LendingMethod(String title, double penaltyFactor) {
        this.title = title;
        this.penaltyFactor = penaltyFactor;
    }

    String title() {
        return title;
    }

    /** Whether it hears of outcomes at all. */
    boolean learns() {
        return this != UNIFORM;
    }

    /** Whether it hears of rejected applicants' outcomes. */
    boolean seesAll() {
        return this == FULL_INFORMATION;
    }

    FairOneSidedLearner learner(int horizon, int batchSize, long seed) {
        List<Hypothesis> hypotheses = LendingEnvironment.hypotheses();
        FairEngine engine =
                switch (this) {
                    case SELF_CONFIRMING -> new FollowTheLeader(hypotheses);
                    case FTPL, FTPL_NO_PENALTY ->
                        new SemiBanditFtpl(
                                new ListOracle(hypotheses), LendingEnvironment.separator(), FtplOptions.DEFAULT);
                    default -> new ExponentialWeights(hypotheses);
                };
        OneSidedFairOptions options = OneSidedFairOptionsBuilder.builder(
                        OneSidedFairOptions.of(penaltyFactor * Math.pow(horizon, 0.2), horizon, batchSize))
                .zeroCost(this == EXP2_SEMI_BANDIT ? ZeroCost.SEMI_BANDIT : ZeroCost.KNOWN)
                .outcomeUse(
                        switch (this) {
                            case SELF_CONFIRMING -> OutcomeUse.LABELLED_ONLY;
                            case FULL_INFORMATION -> OutcomeUse.FULL_INFORMATION;
                            default -> OutcomeUse.ONE_SIDED;
                        })
                .build();
        return new FairOneSidedLearner(engine, options, seed);
    }
}
