/**
 * K-Sort Arena: items are rated from votes that order K of them at once, and the next match is chosen to learn the most.
 * Begin with {@link dev.steelyard.ranking.krank.KRank}, the skill model; its updates are
 * {@link dev.steelyard.ranking.krank.PairSum} (the paper's) and
 * {@link dev.steelyard.ranking.krank.ExpectationPropagation} (what the deployed arena runs). Items that play
 * together are a {@link dev.steelyard.ranking.krank.Team}.
 *
 * <p>Li, Liu, Fu, Li, Gu, Keutzer, Dong: K-Sort Arena: Efficient and Reliable Benchmarking for Generative Models via
 * K-wise Human Preferences. CVPR 2025, arXiv 2408.14468.
 */
package dev.steelyard.ranking.krank;
