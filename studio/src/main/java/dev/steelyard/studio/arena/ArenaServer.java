package dev.steelyard.studio.arena;

import dev.steelyard.ranking.UnknownItemException;
import dev.steelyard.studio.web.ApiKeys;
import dev.steelyard.studio.web.GracefulStop;
import dev.steelyard.studio.web.JsonErrors;
import dev.steelyard.studio.web.Listening;
import dev.steelyard.studio.web.Metrics;
import dev.steelyard.studio.web.OpenApi;
import dev.steelyard.studio.web.RateLimit;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HandlerType;
import io.javalin.http.TooManyRequestsResponse;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.util.regex.Pattern;

/** {@link Arena} by HTTP: pages for people, and JSON for programs. */
public final class ArenaServer implements AutoCloseable {

    static final OpenApi DOCUMENT = OpenApi.beside(ArenaServer.class, "openapi.json");

    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[::1])(:\\d+)?");

    private final Arena arena;
    private final ArenaServerOptions options;
    private final RateLimit rate;
    private final Javalin server;

    /**
     * Starts; the arena stays the caller's to close.
     *
     * @throws IllegalArgumentException if it cannot listen there
     */
    public ArenaServer(Arena arena, ArenaServerOptions options) {
        this.arena = arena;
        this.options = options;
        this.rate = new RateLimit(options.requestsPerSecond());
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
        config.routes.before(this::admit);
        config.routes.before(Metrics.PATH, this::requireKey);
        metrics().install(config);
        Pages.route(config);
        config.routes.get(
                OpenApi.PATH, context -> context.contentType("application/json").result(DOCUMENT.text()));
        new VotingRoutes(arena).route(config);
        new AdministrationRoutes(arena, this::requireKey).route(config);
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

    private void admit(Context context) {
        // Nothing is loaded from elsewhere, and no output runs as a script.
        context.header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        String site = context.header("Sec-Fetch-Site");
        boolean asks = context.method() == HandlerType.GET || context.method() == HandlerType.HEAD;
        if (!asks && site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new ForbiddenResponse("a page of another site sent this; use the arena's own pages");
        }
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
        // By a name of this machine: what came through a proxy or by a name that was bent to here is not local.
        boolean local = options.keys().isEmpty()
                && Pages.isLoopback(options.host())
                && LOCAL.matcher(String.valueOf(context.header("Host"))).matches();
        String key = context.header(ApiKeys.HEADER);
        if (!local && !options.keys().mayLook(key)) {
            throw new MissingKeyException();
        }
        if (!local
                && !context.method().equals(HandlerType.GET)
                && !options.keys().mayChange(key)) {
            throw new ForbiddenResponse("this API key may only look and export; ask with one that may change things");
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

    private void errors(JavalinConfig config) {
        JsonErrors.install(config, options.largestImport());
        config.routes.exception(
                MediaFile.UnsatisfiableRangeException.class,
                (e, context) -> JsonErrors.answer(context, 416, e.getMessage()));
        config.routes.exception(
                UnsupportedTypeException.class, (e, context) -> JsonErrors.answer(context, 415, e.getMessage()));
        config.routes.exception(
                MissingKeyException.class, (e, context) -> JsonErrors.answer(context, 401, e.getMessage()));
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
