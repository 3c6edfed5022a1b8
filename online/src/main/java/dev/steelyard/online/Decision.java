package dev.steelyard.online;

/**
 * What a learner decided.
 *
 * @param id names the decision to its feedback; counts up from 0
 * @param action what was decided
 * @param propensity the probability (or density) with which the learner decided so, given all that it knew; 1 for a
 *     deterministic decision. Logged, it lets other policies be evaluated on this learner's decisions.
 */
public record Decision<A>(long id, A action, double propensity) {}
