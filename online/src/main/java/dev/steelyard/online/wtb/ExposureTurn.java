package dev.steelyard.online.wtb;

/**
 * What a log of plays should hold of the next one.
 *
 * @param block number of the arm's turn, from 0; -1 once committed
 * @param arm whose turn it is; -1 if the turn is not drawn yet
 * @param phase what the play is for
 * @param memory M
 * @param window plays of the turn that count, n_s; 0 once committed
 */
public record ExposureTurn(long block, int arm, RepeatedExposureBandit.Phase phase, int memory, long window) {}
