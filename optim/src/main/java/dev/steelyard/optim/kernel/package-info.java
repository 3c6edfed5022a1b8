/**
 * Updates of optimisers in one pass over memory: an {@link dev.steelyard.optim.kernel.ElementwiseUpdate} says how an
 * element moves, {@link dev.steelyard.optim.kernel.OnePass} runs it over the tensors' own memory, or in tensor
 * operations where that memory is none of ours. A {@link dev.steelyard.optim.kernel.Pass} feeds the loops, which are
 * written with the Vector API. Begin with {@code AdamUpdate}.
 *
 * <p>How a loop stays in registers: it takes its streams and coefficients into locals, calls nothing but {@link
 * dev.steelyard.optim.kernel.Lanes} and methods as small, and is not shared by updates. Where C2 cannot bind a call, or
 * vectors of several branches meet, or a stream is now this memory, now that, each vector becomes an object, which is ten times slower; measure with {@code
 * StepRatios}.
 */
package dev.steelyard.optim.kernel;
