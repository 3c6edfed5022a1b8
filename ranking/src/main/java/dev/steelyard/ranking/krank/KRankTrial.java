package dev.steelyard.ranking.krank;

import dev.steelyard.core.study.Seeds;
import dev.steelyard.core.study.TrialContext;
import dev.steelyard.ranking.Ballot;
import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.krank.MatchmakerOptions.PivotRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The work of one trial: fifty items from scratch, or a new one among fifty that are settled. */
final class KRankTrial {

    static final int ITEMS = 50;
    static final int[] CHECKPOINTS = {100, 300, 700, 1500, 3000};

    static final String PIVOT = "fewest comparisons, UCB";
    static final String RANDOM_PIVOT = "random pivot, UCB";
    static final String RANDOM = "random matches";
    static final List<String> NEWCOMER_RULES = List.of(PIVOT, RANDOM_PIVOT, RANDOM);

    private static final int SETTLING = 1500;
    static final int NEWCOMER_MATCHES = 200;

    /** True rank 31 of 51. */
    private static final int NEWCOMER_PLACE = 30;

    private static final int CURVE_EVERY = 50;

    /** A batch fit after every match would take hours. */
    private static final int BATCH_EVERY = 100;

    private KRankTrial() {}

    /** From scratch. */
    static void fromScratch(Contender contender, double noise, int horizon, TrialContext context)
            throws InterruptedException {
        Seeds seeds = context.seeds();
        List<String> order = items(ITEMS);
        SkillModel model = contender.model();
        order.forEach(model::add);
        Collections.shuffle(order, Random.from(seeds.generator("order")));
        ArenaSimulation arena = new ArenaSimulation(
                model,
                new KRankMatchmaker(
                        contender.matches(),
                        seeds.child("matches " + contender.label()).value()),
                new TrueOrderVoter(order, noise, seeds.generator("votes " + contender.label())),
                contender.size());
        SettlingTime exact = new SettlingTime(0);
        SettlingTime near = new SettlingTime(0.5);
        for (int match = 1; match <= horizon; match++) {
            arena.step();
            context.progress(match, horizon);
            boolean onCurve = match % (contender.isBatch() ? BATCH_EVERY : CURVE_EVERY) == 0;
            if (!contender.isBatch() || onCurve) {
                double error = ArenaSimulation.rankError(model, order);
                exact.add(error);
                near.add(error);
                if (onCurve) {
                    context.point("rank error", match, error);
                }
                for (int checkpoint : CHECKPOINTS) {
                    if (match == checkpoint) {
                        context.metric("error@" + checkpoint, error);
                    }
                }
            }
        }
        long unit = contender.isBatch() ? BATCH_EVERY : 1;
        context.metric("settled", exact.isSettled() ? 1 : 0);
        context.metric("settled at 0", unit * exact.steps());
        context.metric("settled at 0.5", unit * near.steps());
    }

    /** A new item that joins the settled ones. */
    static void newcomer(String rule, TrialContext context) throws InterruptedException {
        Seeds seeds = context.seeds();
        List<String> order = items(ITEMS);
        SkillModel model = Contender.PAIRS_4.model();
        order.forEach(model::add);
        Collections.shuffle(order, Random.from(seeds.generator("order")));
        MatchmakerOptions options =
                switch (rule) {
                    case PIVOT -> MatchmakerOptions.defaults();
                    case RANDOM_PIVOT -> MatchmakerOptions.defaults().withPivot(PivotRule.RANDOM);
                    case RANDOM -> MatchmakerOptions.random();
                    default -> throw new IllegalArgumentException("no rule is called '" + rule + "'");
                };
        List<String> all = new ArrayList<>(order);
        all.add(NEWCOMER_PLACE, "new");
        TrueOrderVoter voter = new TrueOrderVoter(all, 0, seeds.generator("votes"));
        ArenaSimulation before = new ArenaSimulation(
                model,
                new KRankMatchmaker(
                        MatchmakerOptions.defaults(), seeds.child("before").value()),
                voter,
                4);
        KRankMatchmaker matchmaker =
                new KRankMatchmaker(options, seeds.child("after").value());
        for (int match = 1; match <= SETTLING; match++) {
            Ballot ballot = before.step();
            matchmaker.observe(ballot);
            context.progress(match, SETTLING + NEWCOMER_MATCHES);
        }
        model.add("new");
        context.metric("first rank", ArenaSimulation.ranking(model).indexOf("new") + 1);
        ArenaSimulation after = new ArenaSimulation(model, matchmaker, voter, 4);
        SettlingTime time = new SettlingTime(1);
        for (int match = 1; match <= NEWCOMER_MATCHES; match++) {
            after.step();
            int distance = Math.abs(ArenaSimulation.ranking(model).indexOf("new") - NEWCOMER_PLACE);
            time.add(distance);
            context.point("distance", match, distance);
        }
        context.metric("settled", time.isSettled() ? 1 : 0);
        context.metric("matches", time.steps());
    }

    private static List<String> items(int count) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add("model-" + i);
        }
        return items;
    }
}
