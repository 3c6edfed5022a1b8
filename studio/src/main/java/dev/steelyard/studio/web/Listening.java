package dev.steelyard.studio.web;

import io.javalin.Javalin;
import io.javalin.util.JavalinException;

/** Opens a service's port. */
public final class Listening {

    private Listening() {}

    /**
     * Starts a server.
     *
     * @param port 0 for any that is free
     * @throws IllegalArgumentException if the address is not this machine's, or the port is taken
     */
    public static void start(Javalin server, String host, int port) {
        try {
            server.start(host, port);
        } catch (JavalinException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new IllegalArgumentException(
                    "cannot listen at " + host + ":" + port + " (" + cause.getMessage()
                            + "); choose a port that is free and an address of this machine",
                    e);
        }
    }
}
