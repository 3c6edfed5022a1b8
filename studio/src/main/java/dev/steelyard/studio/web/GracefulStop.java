package dev.steelyard.studio.web;

import io.javalin.config.JavalinConfig;
import java.time.Duration;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** Lets a server that is stopped answer what it has been asked, and takes nothing new. */
public final class GracefulStop {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private GracefulStop() {}

    public static void install(JavalinConfig config) {
        config.jetty.modifyServer(server -> {
            server.setHandler(new GracefulHandler());
            server.setStopTimeout(PATIENCE.toMillis());
        });
    }
}
