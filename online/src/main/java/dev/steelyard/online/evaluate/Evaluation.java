package dev.steelyard.online.evaluate;

/**
 * What an off-policy evaluation found.
 *
 * @param decisions in the log
 * @param learnt decisions that entered the evaluated learner's history
 * @param logged the mean loss of the log itself
 * @param inversePropensity IPS: losses times probability over propensity; unbiased, of high variance
 * @param selfNormalised SNIPS: the same over the mean weight; slightly biased, steadier
 * @param doublyRobust DR: a model's prediction, corrected by inverse propensity where the log shows the loss
 * @param effectiveSampleSize (sum of weights) squared over the sum of squared weights: below some hundreds, the log says
 *     little about this learner
 * @param largestWeight the largest probability over propensity
 */
public record Evaluation(
        long decisions,
        long learnt,
        MeanEstimate logged,
        MeanEstimate inversePropensity,
        MeanEstimate selfNormalised,
        MeanEstimate doublyRobust,
        double effectiveSampleSize,
        double largestWeight) {}
