/**
 * Votes rated and matches made a second, and dual learning's steps. Begin with {@code VoteRating}; its limits are
 * {@code VoteBound}.
 */
package dev.steelyard.benchmarks.ranking;
