package dev.steelyard.online.bandit;

class EpsilonGreedyTest extends BanditContracts {

    @Override
    BanditLearner bandit(long seed) {
        return new EpsilonGreedy(ARMS, 0.1, seed);
    }
}
