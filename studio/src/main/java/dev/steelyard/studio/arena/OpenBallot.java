package dev.steelyard.studio.arena;

import java.time.Instant;
import java.util.List;

/**
 * A ballot that waits for its vote.
 *
 * @param token secret name
 * @param match number of the match
 * @param voter whose it is
 * @param prompt id of the prompt
 * @param items in the order in which they are shown
 * @param handed when it was given out
 */
public record OpenBallot(String token, long match, String voter, String prompt, List<String> items, Instant handed) {

    static OpenBallot of(ArenaEvent.Handed event, Instant time) {
        return new OpenBallot(event.token(), event.match(), event.voter(), event.prompt(), event.items(), time);
    }
}
