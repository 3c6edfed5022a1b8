package dev.steelyard.ranking.fairsubset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;

/** Draws profiles of latent rankings. */
@FunctionalInterface
public interface Culture {

    /** Shape of the urn's Gamma law, as in mapel. */
    double URN_SHAPE = .8;

    /** A profile. */
    RankingProfile sample(int voters, int items, RandomGenerator random);

    /** Every ranking is equally likely. */
    static Culture impartial() {
        return (voters, items, random) -> independent(voters, () -> mallowsRanking(items, 1, random));
    }

    /**
     * Mallows' model around the ranking 0, 1, 2, ..., by repeated insertion.
     *
     * @param phi in [0, 1]: 0 gives the centre only, 1 impartial culture
     */
    static Culture mallows(double phi) {
        requireUnit("phi", phi);
        return (voters, items, random) -> independent(voters, () -> mallowsRanking(items, phi, random));
    }

    /**
     * Mallows' model with a dispersion that means the same for any number of items: the expected number of swaps is relphi
     * times that of impartial culture.
     */
    static Culture normMallows(double relphi) {
        requireUnit("relphi", relphi);
        return (voters, items, random) ->
                mallows(Mallows.dispersion(relphi, items)).sample(voters, items, random);
    }

    /** Polya's urn: earlier votes are copied, the more so the larger a, which is drawn from Gamma(.8) for each profile. */
    static Culture urn() {
        return (voters, items, random) -> {
            UniformRandomProvider source = random::nextLong;
            double a = AhrensDieterMarsagliaTsangGammaSampler.of(source, URN_SHAPE, 1)
                    .sample();
            List<int[]> votes = new ArrayList<>();
            for (int i = 0; i < voters; i++) {
                boolean copies = random.nextDouble() < i * a / (1 + i * a);
                votes.add(copies ? votes.get(random.nextInt(i)) : mallowsRanking(items, 1, random));
            }
            return RankingProfile.of(votes.toArray(int[][]::new));
        };
    }

    /** Conitzer's single-peaked rankings: a random peak on the line of items, then left or right with equal chance. */
    static Culture singlePeaked() {
        return (voters, items, random) -> independent(voters, () -> {
            int[] ranking = new int[items];
            int left = random.nextInt(items);
            int right = left;
            ranking[0] = left;
            for (int rank = 1; rank < items; rank++) {
                boolean toLeft = right == items - 1 || left > 0 && random.nextBoolean();
                ranking[rank] = toLeft ? --left : ++right;
            }
            return ranking;
        });
    }

    /**
     * A culture by name.
     *
     * @param text {@code ic}, {@code mallows:PHI}, {@code norm-mallows:RELPHI}, {@code urn} or {@code single-peaked}
     */
    static Culture named(String text) {
        String[] parts = text.split(":", 2);
        return switch (parts[0]) {
            case "ic" -> impartial();
            case "urn" -> urn();
            case "single-peaked" -> singlePeaked();
            case "mallows" -> mallows(parameter(text, parts));
            case "norm-mallows" -> normMallows(parameter(text, parts));
            default ->
                throw new IllegalArgumentException("there is no culture '" + text
                        + "'; there are ic, mallows:PHI, norm-mallows:RELPHI, urn and single-peaked");
        };
    }

    private static double parameter(String text, String[] parts) {
        try {
            return Double.parseDouble(parts.length == 2 ? parts[1] : "");
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the culture '" + text + "' needs a number after a colon, such as " + parts[0] + ":0.8", e);
        }
    }

    private static void requireUnit(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1], not " + value);
        }
    }

    private static RankingProfile independent(int voters, Supplier<int[]> ranking) {
        int[][] rankings = new int[voters][];
        for (int v = 0; v < voters; v++) {
            rankings[v] = ranking.get();
        }
        return RankingProfile.of(rankings);
    }

    private static int[] mallowsRanking(int items, double phi, RandomGenerator random) {
        return Mallows.draw(items, phi, random);
    }
}
