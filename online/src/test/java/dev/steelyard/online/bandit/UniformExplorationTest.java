package dev.steelyard.online.bandit;

class UniformExplorationTest extends BanditContracts {

    @Override
    BanditLearner bandit(long seed) {
        return new UniformExploration(ARMS, seed);
    }
}
