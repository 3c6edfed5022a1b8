/**
 * Optimisers over named {@link dev.steelyard.optim.ParameterGroup}s, all of one protocol,
 * {@link dev.steelyard.torch.Optimizer}, and all built on {@link dev.steelyard.optim.GroupedOptimizer}, which checks
 * gradients, keeps buffers and saves them. The baselines stand here; each paper has a package of its own. Begin with
 * {@code AdamW}.
 */
package dev.steelyard.optim;
