package dev.steelyard.studio.decide;

import dev.steelyard.studio.web.ApiKeys;

/**
 * Options of {@link DecisionServer}.
 *
 * @param host to listen at; 127.0.0.1 by default, so that nothing is open to the network unasked
 * @param port to listen at; 0 for any that is free
 * @param apiKeys of which a request must name one; none lets anybody ask
 * @param requestsPerSecond of one key, or of one address where there are no keys
 * @param largestBody of a request, bytes
 */
public record ServerOptions(String host, int port, ApiKeys apiKeys, double requestsPerSecond, long largestBody) {

    public ServerOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, not " + port);
        }
        if (!(requestsPerSecond > 0)) {
            throw new IllegalArgumentException("requestsPerSecond must be positive, not " + requestsPerSecond);
        }
        if (largestBody < 1) {
            throw new IllegalArgumentException("largestBody must be at least 1 byte, not " + largestBody);
        }
    }

    /** Local, without keys, 20,000 requests a second, bodies of 64 KiB. */
    public static ServerOptions local(int port) {
        return new ServerOptions("127.0.0.1", port, ApiKeys.none(), 20_000, 65_536);
    }
}
