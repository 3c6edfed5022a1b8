package dev.steelyard.studio.arena;

import dev.steelyard.ranking.UnknownItemException;
import dev.steelyard.studio.web.ApiKeys;
import dev.steelyard.studio.web.Json;
import dev.steelyard.studio.web.RateLimit;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.TooManyRequestsResponse;

/** {@link Arena} by HTTP: pages for people, and JSON for programs. */
public final class ArenaServer implements AutoCloseable {

    private final Arena arena;
    private final ArenaServerOptions options;
    private final RateLimit rate;
    private final Javalin server;

    /** Starts; the arena stays the caller's to close. */
    public ArenaServer(Arena arena, ArenaServerOptions options) {
        this.arena = arena;
        this.options = options;
        this.rate = new RateLimit(options.requestsPerSecond());
        this.server = Javalin.create(this::configure).start(options.host(), options.port());
    }

    /** The port that it listens at. */
    public int port() {
        return server.port();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = options.largestImport();
        config.concurrency.useVirtualThreads = true;
        config.routes.before(this::admit);
        Pages.route(config);
        new VotingRoutes(arena).route(config);
        new AdministrationRoutes(arena, this::requireKey).route(config);
        errors(config);
    }

    private void admit(Context context) {
        // Nothing is loaded from elsewhere, and no output runs as a script.
        context.header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        if (!rate.admits(context.ip(), System.nanoTime())) {
            throw new TooManyRequestsResponse(
                    "more than " + options.requestsPerSecond() + " requests a second; wait, and try again");
        }
        String type = context.contentType();
        if (type != null && !type.startsWith("application/") && !type.startsWith("text/csv")
                || type != null && type.startsWith("application/x-www-form-urlencoded")) {
            // What a form on another site could send in a visitor's name.
            throw new UnsupportedTypeException(type);
        }
    }

    private void requireKey(Context context) {
        boolean local = options.keys().isEmpty() && Pages.isLoopback(options.host());
        String key = context.header(ApiKeys.HEADER);
        if (!local && !options.keys().mayLook(key)) {
            throw new MissingKeyException();
        }
        if (!local && context.method() != HandlerType.GET && !options.keys().mayChange(key)) {
            throw new ReadOnlyKeyException();
        }
    }

    private static final class UnsupportedTypeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnsupportedTypeException(String type) {
            super("the content type is " + type
                    + "; send application/json, or votes as text/csv or application/x-ndjson");
        }
    }

    private static final class MissingKeyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingKeyException() {
            super("the header " + ApiKeys.HEADER + " must hold an API key; serve with --api-keys FILE to have some");
        }
    }

    private static final class ReadOnlyKeyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReadOnlyKeyException() {
            super("this API key may only look and export; ask with one that may change things");
        }
    }

    private static void errors(JavalinConfig config) {
        config.routes.exception(UnsupportedTypeException.class, (e, context) -> error(context, 415, e.getMessage()));
        config.routes.exception(MissingKeyException.class, (e, context) -> error(context, 401, e.getMessage()));
        config.routes.exception(ReadOnlyKeyException.class, (e, context) -> error(context, 403, e.getMessage()));
        config.routes.exception(
                BallotRefusedException.class, (e, context) -> error(context, status(e.reason()), e.getMessage()));
        config.routes.exception(UnknownItemException.class, (e, context) -> error(context, 404, e.getMessage()));
        config.routes.exception(IllegalArgumentException.class, (e, context) -> error(context, 400, e.getMessage()));
        config.routes.exception(IllegalStateException.class, (e, context) -> error(context, 503, e.getMessage()));
    }

    private static int status(BallotRefusedException.Reason reason) {
        return switch (reason) {
            case UNKNOWN -> 404;
            case NOT_YOURS -> 403;
            case USED -> 409;
            case EXPIRED -> 410;
            case INVALID -> 400;
        };
    }

    private static void error(Context context, int status, String message) {
        context.status(status)
                .contentType("application/json")
                .result(Json.object().put("error", message).toString());
    }

    @Override
    public void close() {
        server.stop();
    }
}
