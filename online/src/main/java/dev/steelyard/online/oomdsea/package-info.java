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
 * dev.steelyard.online.oomdsea.DynamicOptimisticDescent} follows a drifting optimum.
 */
package dev.steelyard.online.oomdsea;
