package dev.steelyard.ranking.krank;

import dev.steelyard.core.paper.Claim;
import dev.steelyard.core.study.Lab;
import dev.steelyard.core.study.Scale;
import dev.steelyard.core.study.Study;
import dev.steelyard.core.study.Trial;
import dev.steelyard.core.study.TrialResults;
import java.util.ArrayList;
import java.util.List;

/**
 * How many votes does a stable order of 50 models take? Part {@code clean} votes by the true order, part {@code noise}
 * at random once in twenty, part {@code newcomer} lets a new model join settled ones.
 */
public final class KRankStudy implements Study {

    static final String CLEAN = "clean";
    static final String NOISE = "noise";
    static final String NEWCOMER = "newcomer";

    static final List<Contender> NOISE_CONTENDERS = List.of(
            Contender.PAIRS_4,
            Contender.ROBUST_4,
            Contender.CHAIN_4,
            Contender.PAIRS_2,
            Contender.ELO_4,
            Contender.ELO_16,
            Contender.ELO_32,
            Contender.GLICKO2,
            Contender.BRADLEY_TERRY);

    private static final double NOISE_SHARE = 0.05;
    private static final int HORIZON = 3000;
    static final int ELO_HORIZON = 20_000;

    @Override
    public String slug() {
        return "krank";
    }

    @Override
    public List<Claim> claims() {
        return KRankClaims.ALL;
    }

    @Override
    public void run(Lab lab) throws InterruptedException {
        int runs = lab.repetitions(2, 10, 50);
        int eloHorizon = lab.scale() == Scale.QUICK ? HORIZON : ELO_HORIZON;
        List<Trial> grid = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            for (Contender contender : Contender.values()) {
                grid.add(new Trial(CLEAN, contender.label(), "", run));
            }
            for (Contender contender : NOISE_CONTENDERS) {
                grid.add(new Trial(NOISE, contender.label(), "", run));
            }
            for (String rule : KRankTrial.NEWCOMER_RULES) {
                grid.add(new Trial(NEWCOMER, rule, "", run));
            }
        }
        TrialResults results = lab.trials(grid, (trial, context) -> {
            switch (trial.part()) {
                case CLEAN -> {
                    Contender contender = Contender.labelled(trial.method());
                    KRankTrial.fromScratch(contender, 0, contender.isElo() ? eloHorizon : HORIZON, context);
                }
                case NOISE -> KRankTrial.fromScratch(Contender.labelled(trial.method()), NOISE_SHARE, HORIZON, context);
                default -> KRankTrial.newcomer(trial.method(), context);
            }
        });
        new KRankReport(lab.findings(), results, eloHorizon).write();
    }
}
