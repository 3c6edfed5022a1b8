package dev.steelyard.ranking.fairsubset;

import dev.steelyard.core.study.TrialContext;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** A setting of the study: latent rankings, what bias makes of them, and what is selected from that. */
record Election(String culture, double strength, int voters, int items, int size) {

    private static final double PHI = .5;
    private static final double LARGEST_GAMMA = 10;
    private static final double[] BETAS = {.5, .7, .8, .9, .95, 1};

    String setting() {
        return culture + " lambda=" + strength + " n=" + voters + " m=" + items + " k=" + size;
    }

    static Election of(String setting) {
        String[] parts = setting.split(" ");
        return new Election(
                parts[0],
                Double.parseDouble(parts[1].substring("lambda=".length())),
                Integer.parseInt(parts[2].substring("n=".length())),
                Integer.parseInt(parts[3].substring("m=".length())),
                Integer.parseInt(parts[4].substring("k=".length())));
    }

    /** Ratios of latent worth to its optimum: without quota, and for every quota. */
    void select(String rule, TrialContext context) {
        RandomGenerator random = context.seeds().generator("election");
        Groups groups = halves(random);
        RankingProfile latent = renamed(Culture.named(culture).sample(voters, items, random), random);
        RankingProfile observed = new SwapBias(PHI, strength).apply(latent, groups, random);
        ScoreFunction function = ScoreFunction.named(rule, size);
        CommitteeSelector selector = new CommitteeSelector(function, CommitteeSelector.Method.EXACT);
        SelectionConstraint none = SelectionConstraint.none(groups);
        double optimum = selector.select(latent, size, none).value();
        context.metric("unconstrained", ratio(function, latent, selector.select(observed, size, none), optimum));
        List<Committee> quotas = selector.selectForEachQuota(observed, size, groups, 1);
        int[] drawn = Arrays.copyOf(shuffled(context.seeds().generator("committee")), size);
        context.metric("random", function.value(latent, drawn) / optimum);
        for (int q = 0; q < quotas.size(); q++) {
            context.metric("q" + q, ratio(function, latent, quotas.get(q), optimum));
        }
    }

    private static double ratio(ScoreFunction function, RankingProfile latent, Committee committee, double optimum) {
        return function.value(latent, committee.members()) / optimum;
    }

    void smoothness(String rule, int draws, TrialContext context) {
        RandomGenerator random = context.seeds().generator("smoothness");
        Smoothness smoothness = Smoothness.estimate(
                Culture.named(culture),
                new SwapBias(PHI, strength),
                ScoreFunction.named(rule, size),
                halves(random),
                voters,
                draws,
                random);
        context.metric("alpha", smoothness.alpha());
        for (double beta : BETAS) {
            // An item that was never seen makes gamma infinite.
            double gamma = Math.min(LARGEST_GAMMA, smoothness.gamma(beta));
            context.metric("gamma " + beta, gamma);
            context.point("gamma", beta, gamma);
        }
    }

    /** Ties go to the smaller item; in Mallows' model that would be the better one, unless items are renamed. */
    private RankingProfile renamed(RankingProfile profile, RandomGenerator random) {
        int[] names = shuffled(random);
        int[][] rankings = new int[voters][];
        for (int v = 0; v < voters; v++) {
            rankings[v] =
                    Arrays.stream(profile.ranking(v)).map(item -> names[item]).toArray();
        }
        return RankingProfile.of(rankings);
    }

    private Groups halves(RandomGenerator random) {
        return Groups.of(Arrays.stream(shuffled(random)).map(item -> item % 2).toArray());
    }

    private int[] shuffled(RandomGenerator random) {
        int[] shuffled = new int[items];
        for (int i = 0; i < items; i++) {
            int j = random.nextInt(i + 1);
            shuffled[i] = shuffled[j];
            shuffled[j] = i;
        }
        return shuffled;
    }
}
