/**
 * Classification that is individually fair to a panel's eyes, learnt from the outcomes of accepted cases only. Begin with
 * {@link dev.steelyard.online.onesidedfair.FairOneSidedLearner}: it accepts or rejects batches, hears the panel's
 * objections to its probabilities and the outcomes of those it accepted. Two engines weigh the hypotheses: {@link
 * dev.steelyard.online.onesidedfair.ExponentialWeights} for a list of them, {@link
 * dev.steelyard.online.onesidedfair.SemiBanditFtpl} for a class with an oracle. {@link
 * dev.steelyard.online.onesidedfair.BestFairPolicy} is the linear programme that they are held against.
 *
 * <p>Yahav Bechavod, Aaron Roth: Individually Fair Learning with One-Sided Feedback. ICML 2023, arXiv 2206.04475.
 */
package dev.steelyard.online.onesidedfair;
