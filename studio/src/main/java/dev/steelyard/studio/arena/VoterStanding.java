package dev.steelyard.studio.arena;

/**
 * What is known of somebody who voted here.
 *
 * @param voter name that stands for a browser
 * @param votes counted
 * @param agreement mean logarithm of the probability that the ratings of their time gave the pairs that the voter ordered;
 *     about -0.7 or less for one who votes at random, nearer to 0 for one who sees what others see; NaN where the model
 *     tells none or nothing was ordered
 */
public record VoterStanding(String voter, long votes, double agreement) {}
