package dev.steelyard.ranking.fairsubset;

import java.util.random.RandomGenerator;

/** Turns latent rankings into the observed ones, to the disadvantage of group 1 against group 0. */
@FunctionalInterface
public interface BiasModel {

    /** The observed profile. */
    RankingProfile apply(RankingProfile latent, Groups groups, RandomGenerator random);

    /** No bias: what is observed is what is. */
    static BiasModel none() {
        return (latent, groups, random) -> latent;
    }
}
