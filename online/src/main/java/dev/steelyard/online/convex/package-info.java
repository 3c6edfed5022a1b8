/**
 * Online convex optimisation: the parts that several methods share. A {@link dev.steelyard.online.convex.Domain} is a
 * convex set with its projection, an {@link dev.steelyard.online.convex.OnlineOptimizer} plays points of it and learns
 * from gradients; here stand those that the papers are measured against (gradient descent, AdaGrad-norm, follow the
 * regularised leader, the online Newton step). {@link dev.steelyard.online.convex.ConvexLearner} gives any of them the
 * protocol of this module, with delayed and missing feedback.
 */
package dev.steelyard.online.convex;
