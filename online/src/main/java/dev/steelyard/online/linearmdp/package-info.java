/**
 * Policy optimisation over episodes whose losses an adversary sets and of which only the visited are seen. Begin with
 * {@link dev.steelyard.online.linearmdp.AdversarialMdpLearner}, which needs a model or a simulator of the transitions, or
 * {@link dev.steelyard.online.linearmdp.SimulatorFreeLearner}, which needs neither. {@link
 * dev.steelyard.online.linearmdp.Regulariser}, {@link dev.steelyard.online.linearmdp.Estimators}, {@link
 * dev.steelyard.online.linearmdp.InverseCovariance} and {@link dev.steelyard.online.linearmdp.Bonuses} are the formulas.
 *
 * <p>Layers, states and actions are counted from 0. Both learners enumerate the states: all that an episode teaches is
 * added to a table at once, in O(states times actions times the dimension squared) per layer. {@link
 * dev.steelyard.online.linearmdp.HistoryLearner} keeps records in place of tables, for states that cannot be enumerated.
 *
 * <p>{@link dev.steelyard.online.linearmdp.MdpEnvironment} is a world of episodes, {@link
 * dev.steelyard.online.linearmdp.TrajectoryFile} and {@link dev.steelyard.online.linearmdp.PolicyFile} are what goes in and
 * out. Losses may change from episode to episode; transitions may not: {@link
 * dev.steelyard.online.linearmdp.RestartedLearner} begins anew where they do.
 *
 * <p>Yan Dai, Haipeng Luo, Chen-Yu Wei, Julian Zimmert: Refined Regret for Adversarial MDPs with Linear Function
 * Approximation. ICML 2023, arXiv 2301.12942.
 */
package dev.steelyard.online.linearmdp;
