package dev.steelyard.studio.arena;

import dev.steelyard.studio.web.ApiKeys;
import java.util.Objects;

/**
 * Where an arena is served, and to whom.
 *
 * @param host to listen at; 127.0.0.1 by default, so that nothing is open to the network unasked
 * @param port to listen at; 0 for any that is free
 * @param keys of which the header X-API-Key must hold one for import, export, retiring and withdrawing; without any these
 *     are open at a loopback address and closed elsewhere
 * @param requestsPerSecond of one address, or of one key
 * @param largestImport bytes of a file of votes
 */
public record ArenaServerOptions(String host, int port, ApiKeys keys, double requestsPerSecond, long largestImport) {

    public ArenaServerOptions {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(keys, "keys");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, not " + port);
        }
        if (!(requestsPerSecond > 0)) {
            throw new IllegalArgumentException("requestsPerSecond must be positive, not " + requestsPerSecond);
        }
        if (largestImport < 1) {
            throw new IllegalArgumentException("largestImport must be at least 1 byte, not " + largestImport);
        }
    }

    /** Bytes of a file of votes where nothing else is said: some ten million votes. */
    public static final long LARGEST_IMPORT = 1L << 30;

    /** Local, without keys, 200 requests a second, imports of a gibibyte. */
    public static ArenaServerOptions local(int port) {
        return new ArenaServerOptions("127.0.0.1", port, ApiKeys.none(), 200, LARGEST_IMPORT);
    }
}
