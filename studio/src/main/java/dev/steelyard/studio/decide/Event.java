package dev.steelyard.studio.decide;

import java.time.Instant;

/**
 * What happened in an experiment.
 *
 * @param experiment its id
 * @param number from 0, without gaps
 * @param kind what it was
 * @param decision the decision's id
 * @param time UTC
 * @param context JSON of a decision's context; null for others
 * @param body JSON of the action that was decided, or of the outcome; {@code null} of an expiry
 * @param propensity of a decision; 0 for others
 */
record Event(
        String experiment,
        long number,
        Kind kind,
        long decision,
        Instant time,
        String context,
        String body,
        double propensity) {

    enum Kind {
        DECISION,
        OUTCOME,
        /** The decision was given up; an outcome that comes after is refused. */
        EXPIRED
    }
}
