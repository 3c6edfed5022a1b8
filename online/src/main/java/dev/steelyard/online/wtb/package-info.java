/**
 * Bandits whose losses depend on how often an action was used of late: habits, practice, wear-in. Begin with {@link
 * dev.steelyard.online.wtb.RepeatedExposureBandit}; {@link dev.steelyard.online.wtb.TallyingEnvironment} simulates such
 * worlds, {@link dev.steelyard.online.wtb.PolicyRegret} has the comparators, and {@link
 * dev.steelyard.online.wtb.TallyCurve} shows from a log whether repeated exposure helps.
 * {@link dev.steelyard.online.wtb.UnknownMemoryBandit} needs no bound of the memory, {@link
 * dev.steelyard.online.wtb.ExposurePool} lets users share what they have seen.
 *
 * <p>Dhruv Malik, Conor Igoe, Yuanzhi Li, Aarti Singh: Weighted Tallying Bandits: Overcoming Intractability via Repeated
 * Exposure Optimality. ICML 2023, arXiv 2305.02955.
 */
package dev.steelyard.online.wtb;
