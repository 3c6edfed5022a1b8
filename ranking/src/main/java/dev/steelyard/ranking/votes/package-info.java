/**
 * Files of ballots. Begin with {@link dev.steelyard.ranking.votes.VoteFile}, which reads plain lines, tables, JSON lines
 * and the pairwise logs that public arenas publish.
 */
package dev.steelyard.ranking.votes;
