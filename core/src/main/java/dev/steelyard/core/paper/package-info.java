/**
 * What was published: the {@link dev.steelyard.core.paper.Paper}s of the catalogue, the
 * {@link dev.steelyard.core.paper.Claim}s that a study puts to the test, and the
 * {@link dev.steelyard.core.paper.Method}s that are built. Begin with {@code Catalogue}.
 */
package dev.steelyard.core.paper;
