package dev.steelyard.studio.arena;

import dev.steelyard.ranking.UnknownItemException;
import dev.steelyard.studio.web.Access;
import dev.steelyard.studio.web.Gate;
import dev.steelyard.studio.web.GracefulStop;
import dev.steelyard.studio.web.HeadRequests;
import dev.steelyard.studio.web.JsonErrors;
import dev.steelyard.studio.web.Listening;
import dev.steelyard.studio.web.Metrics;
import dev.steelyard.studio.web.OpenApi;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;

/** {@link Arena} by HTTP: pages for people, and JSON for programs. */
public final class ArenaServer implements AutoCloseable {

    static final OpenApi DOCUMENT = OpenApi.beside(ArenaServer.class, "openapi.json");

    private final Arena arena;
    private final ArenaServerOptions options;
    private final Javalin server;

    /**
     * Starts; the arena stays the caller's to close.
     *
     * @throws IllegalArgumentException if it cannot listen there
     */
    public ArenaServer(Arena arena, ArenaServerOptions options) {
        this.arena = arena;
        this.options = options;
        this.server = Javalin.create(this::configure);
        Listening.start(server, options.host(), options.port());
    }

    /** The port that it listens at. */
    public int port() {
        return server.port();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = options.largestImport();
        config.concurrency.useVirtualThreads = true;
        GracefulStop.install(config);
        HeadRequests.install(config);
        config.routes.before(ArenaServer::protect);
        Gate.closedWithoutKeys(options.keys(), options.requestsPerSecond(), options.host())
                .install(config);
        metrics().install(config);
        Pages.route(config);
        config.routes.get(
                OpenApi.PATH, context -> context.contentType("application/json").result(DOCUMENT.text()), Access.OPEN);
        new VotingRoutes(arena).route(config);
        new AdministrationRoutes(arena, options.largestImport()).route(config);
        errors(config);
    }

    private Metrics metrics() {
        Metrics metrics = new Metrics();
        GaugeWithCallback.builder()
                .name("steelyard_votes")
                .help("Votes that count; those that were withdrawn do not.")
                .callback(gauge -> gauge.call((double) arena.votes()))
                .register(metrics.registry());
        return metrics;
    }

    /** What is served, for holding it against the document. */
    Javalin javalin() {
        return server;
    }

    private static void protect(Context context) {
        // Nothing is loaded from elsewhere, and no output runs as a script.
        context.header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        String type = context.contentType();
        if (type != null && !type.startsWith("application/") && !type.startsWith("text/csv")
                || type != null && type.startsWith("application/x-www-form-urlencoded")) {
            // What a form on another site could send in a visitor's name.
            throw new UnsupportedTypeException(type);
        }
    }

    private static final class UnsupportedTypeException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnsupportedTypeException(String type) {
            super("the content type is " + type
                    + "; send application/json, or votes as text/csv or application/x-ndjson");
        }
    }

    private void errors(JavalinConfig config) {
        JsonErrors.install(config, options.largestImport(), "--max-import");
        config.routes.exception(
                MediaFile.UnsatisfiableRangeException.class,
                (e, context) -> JsonErrors.answer(context, 416, e.getMessage()));
        config.routes.exception(
                UnsupportedTypeException.class, (e, context) -> JsonErrors.answer(context, 415, e.getMessage()));
        config.routes.exception(
                BallotRefusedException.class,
                (e, context) -> JsonErrors.answer(context, status(e.reason()), e.getMessage()));
        config.routes.exception(
                UnknownItemException.class, (e, context) -> JsonErrors.answer(context, 404, e.getMessage()));
        config.routes.exception(
                IllegalArgumentException.class, (e, context) -> JsonErrors.answer(context, 400, e.getMessage()));
        config.routes.exception(
                IllegalStateException.class, (e, context) -> JsonErrors.answer(context, 503, e.getMessage()));
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

    /** Takes nothing new, and answers what it was asked. */
    @Override
    public void close() {
        server.stop();
    }
}
