/**
 * Simulated users: {@link dev.steelyard.ranking.click.ClickModel} says where they click, given what is relevant to them
 * ({@link dev.steelyard.ranking.click.PerceivedRelevance}). Tables are those of the simulations of Ai et al., SIGIR 2018.
 */
package dev.steelyard.ranking.click;
