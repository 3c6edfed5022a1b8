package dev.steelyard.cli;

import dev.steelyard.ranking.SkillModel;
import dev.steelyard.ranking.krank.KRank;
import dev.steelyard.ranking.krank.KRankOptions;
import dev.steelyard.ranking.krank.PairSum;
import dev.steelyard.ranking.pairwise.BradleyTerry;
import dev.steelyard.ranking.pairwise.BradleyTerryOptions;
import dev.steelyard.ranking.pairwise.Elo;
import dev.steelyard.ranking.pairwise.EloOptions;
import dev.steelyard.ranking.pairwise.Glicko2;
import dev.steelyard.ranking.pairwise.Glicko2Options;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How votes become ratings. */
final class RatingOptions {

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "krank",
            description =
                    "krank: K-Sort Arena's model with TrueSkill's update (default); pair-sum: with the paper's own"
                            + " update; bradley-terry: all votes at once, intervals by bootstrap; elo; glicko2.")
    private String model;

    @Option(
            names = "--floor",
            paramLabel = "SHARE",
            defaultValue = "0.3",
            description =
                    "pair-sum: least share of a variance that a ballot leaves (default: 0.3; nearest to the paper:"
                            + " 0.0001).")
    private double floor;

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            defaultValue = "100",
            description = "bradley-terry: resamples for the intervals (default: 100).")
    private int bootstrap;

    @Mixin
    private SeedOption seed;

    SkillModel model() {
        return switch (model) {
            case "krank" -> new KRank(KRankOptions.defaults());
            case "pair-sum" -> new KRank(KRankOptions.paper().withRule(new PairSum(floor)));
            case "bradley-terry" ->
                new BradleyTerry(
                        BradleyTerryOptions.defaults().withBootstrap(bootstrap).withSeed(seed.seed()));
            case "elo" -> new Elo(EloOptions.defaults());
            case "glicko2" -> new Glicko2(Glicko2Options.defaults());
            default ->
                throw new IllegalArgumentException("no model is called '" + model
                        + "'; there are krank, pair-sum, bradley-terry, elo and glicko2");
        };
    }
}
