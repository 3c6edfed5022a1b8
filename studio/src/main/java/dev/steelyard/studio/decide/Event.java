package dev.steelyard.studio.decide;

/**
 * What happened in an experiment.
 *
 * @param experiment its id
 * @param number from 0, without gaps
 * @param kind what it was
 * @param decision the decision's id
 * @param time ISO-8601, UTC
 * @param context JSON of a decision's context; null for outcomes
 * @param body JSON of the action that was decided, or of the outcome
 * @param propensity of a decision; 0 for outcomes
 */
record Event(
        String experiment,
        long number,
        Kind kind,
        long decision,
        String time,
        String context,
        String body,
        double propensity) {

    enum Kind {
        DECISION,
        OUTCOME
    }
}
