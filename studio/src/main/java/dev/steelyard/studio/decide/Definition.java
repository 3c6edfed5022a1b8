package dev.steelyard.studio.decide;

import java.time.Duration;
import java.util.Optional;

/**
 * An experiment as it was created.
 *
 * @param options the learner's, JSON
 * @param arms names of the arms, a JSON array; empty for none
 * @param created ISO-8601, UTC
 * @param expireAfter how long a decision waits for its outcome; empty for ever
 */
record Definition(
        String id,
        String learner,
        String options,
        long seed,
        String arms,
        String created,
        Optional<Duration> expireAfter) {}
