/**
 * Online convex optimisation: the parts that several methods share. A {@link dev.steelyard.online.convex.Domain} is a
 * convex set with its projection, an {@link dev.steelyard.online.convex.OnlineOptimizer} plays points of it and learns
 * from gradients; here stand those that the papers are measured against (gradient descent, AdaGrad-norm, follow the
 * regularised leader, the online Newton step). {@link dev.steelyard.online.convex.ConvexLearner} gives any of them the
 * protocol of this module, with delayed and missing feedback.
 *
 * <p>{@link dev.steelyard.online.convex.SupervisedLearner} is a linear model that learns by any of them from labelled
 * examples, {@link dev.steelyard.online.convex.ExampleReader} reads those from CSV and svmlight text, {@link
 * dev.steelyard.online.convex.GradientReader} reads gradients. For sparse examples there is {@link
 * dev.steelyard.online.convex.SparseLearner}, with {@link dev.steelyard.online.convex.FeatureHashing} for features that are
 * not known in advance. {@link dev.steelyard.online.convex.ShardedOptimizer} averages the optimisers of several shards.
 */
package dev.steelyard.online.convex;
