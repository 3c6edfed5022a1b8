/**
 * Optimistic online mirror descent for losses whose gradients are partly noise and partly slow drift: near the best
 * rates for independent data, for adversarial data and in between, without knowing which.
 *
 * <p>S. Chen, Y.-J. Zhang, W.-W. Tu, P. Zhao, L. Zhang, Optimistic Online Mirror Descent for Bridging Stochastic and
 * Adversarial Online Convex Optimization, ICML 2023, JMLR 2024.
 *
 * <p>Begin with {@link dev.steelyard.online.oomdsea.OptimisticMirrorDescent} and its {@link
 * dev.steelyard.online.oomdsea.StepSchedule}s for convex and strongly convex losses; {@link
 * dev.steelyard.online.oomdsea.OptimisticNewtonStep} is for exp-concave ones, {@link
 * dev.steelyard.online.oomdsea.DynamicOptimisticDescent} follows a drifting optimum, {@link
 * dev.steelyard.online.oomdsea.ImplicitMirrorDescent} takes proximal steps on losses that are not smooth. {@link
 * dev.steelyard.online.convex.SupervisedLearner} makes linear models of any of them, and {@link
 * dev.steelyard.online.oomdsea.SparseMirrorDescent} those of sparse examples.
 *
 * <p>V, the sum of |g - M|^2, and the step size tell of drift. Where it never ends, take the dynamic method, or begin anew.
 */
package dev.steelyard.online.oomdsea;
