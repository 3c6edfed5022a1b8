/**
 * Updates of optimisers in one pass over memory: an {@link dev.steelyard.optim.kernel.ElementwiseUpdate} says how an
 * element moves, {@link dev.steelyard.optim.kernel.OnePass} runs it over the tensors' own memory, or in tensor
 * operations where that memory is none of ours. Begin with {@code AdamUpdate}.
 */
package dev.steelyard.optim.kernel;
