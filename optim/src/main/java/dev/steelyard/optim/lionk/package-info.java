/**
 * Lion-K: optimisers {@code x' = dK(m) - lambda x} with a convex function K, after L. Chen, B. Liu, K. Liang and
 * Q. Liu, "Lion Secretly Solves Constrained Optimization: As Lyapunov Predicts", ICLR 2024, arXiv 2310.05898. Decoupled
 * weight decay turns the conjugate of K into a regulariser or a constraint: Lion is K = l1 norm and solves
 * {@code min f(x)} subject to {@code max |x| <= 1 / lambda}.
 *
 * <p>Begin with {@link dev.steelyard.optim.lionk.LionK} to train, with
 * {@link dev.steelyard.optim.lionk.ConvexFunction} for the catalogue of K, with
 * {@link dev.steelyard.optim.lionk.ConstrainedSolver} to minimise under a norm bound, and with
 * {@link dev.steelyard.optim.lionk.LionDiagnostics} to see what weight decay does.
 */
package dev.steelyard.optim.lionk;
