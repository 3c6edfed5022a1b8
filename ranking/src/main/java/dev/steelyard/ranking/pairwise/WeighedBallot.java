package dev.steelyard.ranking.pairwise;

/** A ballot by its items' numbers. */
record WeighedBallot(int[] items, int[] ranks, double weight) {}
