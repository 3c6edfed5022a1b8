/**
 * Bandits whose arms arrive one by one, far more than can be kept: each is tried on arrival or dropped for ever. Begin with
 * {@link dev.steelyard.online.streamingmab.StreamingBandit}; what it explores by is one {@link
 * dev.steelyard.online.streamingmab.Exploration}: {@link dev.steelyard.online.streamingmab.KeepBest}, {@link
 * dev.steelyard.online.streamingmab.SingleMemory}, {@link dev.steelyard.online.streamingmab.Tower}, {@link
 * dev.steelyard.online.streamingmab.GameOfArms}. {@link dev.steelyard.online.streamingmab.StreamSimulation} plays one on a
 * stream of known means. {@link dev.steelyard.online.streamingmab.ArrivingArm} reads the arms of a file, {@link
 * dev.steelyard.online.streamingmab.RewardLog} their logged rewards. {@link
 * dev.steelyard.online.streamingmab.ShardedStream} explores parts side by side, {@link
 * dev.steelyard.online.streamingmab.StreamingPasses} goes over a stream again and again.
 *
 * <p>Chen Wang: Tight Regret Bounds for Single-pass Streaming Multi-armed Bandits. ICML 2023, arXiv 2306.02208.
 */
package dev.steelyard.online.streamingmab;
