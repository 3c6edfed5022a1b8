/** Votes rated and matches made a second. Begin with {@code VoteRating}; its limits are {@code VoteBound}. */
package dev.steelyard.benchmarks.ranking;
