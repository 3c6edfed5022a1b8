package dev.steelyard.studio.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.UnknownDecisionException;
import dev.steelyard.studio.storage.StorageException;
import dev.steelyard.studio.web.Access;
import dev.steelyard.studio.web.Gate;
import dev.steelyard.studio.web.GracefulStop;
import dev.steelyard.studio.web.HeadRequests;
import dev.steelyard.studio.web.Health;
import dev.steelyard.studio.web.Json;
import dev.steelyard.studio.web.JsonErrors;
import dev.steelyard.studio.web.Listening;
import dev.steelyard.studio.web.OpenApi;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/** {@link DecisionService} by HTTP and JSON; {@code GET /openapi.json} says all there is. */
public final class DecisionServer implements AutoCloseable {

    static final OpenApi DOCUMENT = OpenApi.beside(DecisionServer.class, "openapi.json");

    private static final System.Logger LOG = System.getLogger(DecisionServer.class.getName());

    private final DecisionService service;
    private final ServerOptions options;
    private final Javalin server;

    /**
     * Starts; the service stays the caller's to close.
     *
     * @throws IllegalArgumentException if it cannot listen there
     */
    public DecisionServer(DecisionService service, ServerOptions options) {
        this.service = service;
        this.options = options;
        this.server = Javalin.create(this::configure);
        Listening.start(server, options.host(), options.port());
    }

    /** The port that it listens at. */
    public int port() {
        return server.port();
    }

    /** What is served, for holding it against the document. */
    Javalin javalin() {
        return server;
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.maxRequestSize = options.largestBody();
        config.concurrency.useVirtualThreads = true;
        GracefulStop.install(config);
        HeadRequests.install(config);
        new Gate(options.apiKeys(), options.requestsPerSecond()).install(config);
        service.metrics().install(config);
        new Health(service::check).install(config);
        RoutesConfig routes = config.routes;
        routes.get(OpenApi.PATH, context -> json(context, 200, DOCUMENT.text()), Access.OPEN);
        routes.get("/learners", context -> json(context, 200, service.learners()), Access.LOOK);
        routes.get("/experiments", context -> json(context, 200, service.list()), Access.LOOK);
        routes.post("/experiments", context -> json(context, 201, service.create(body(context))), Access.CHANGE);
        routes.get("/experiments/{id}", context -> json(context, 200, service.describe(id(context))), Access.LOOK);
        routes.get("/experiments/{id}/state", context -> json(context, 200, service.state(id(context))), Access.LOOK);
        routes.post(
                "/experiments/{id}/decisions",
                context -> json(context, 200, service.decide(id(context), body(context))),
                Access.CHANGE);
        routes.post(
                "/experiments/{id}/feedback",
                context -> json(context, 200, service.feedback(id(context), body(context))),
                Access.CHANGE);
        routes.post(
                "/experiments/{id}/evaluate",
                context -> json(context, 200, service.evaluate(id(context), body(context))),
                Access.LOOK);
        routes.get("/experiments/{id}/log", this::export, Access.LOOK);
        JsonErrors.install(config, options.largestBody(), "--max-body");
        errors(routes);
    }

    private static void errors(RoutesConfig routes) {
        error(routes, UnknownExperimentException.class, 404);
        error(routes, UnknownDecisionException.class, 404);
        error(routes, ConflictException.class, 409);
        error(routes, ExpiredException.class, 410);
        error(routes, InvalidOutcomeException.class, 422);
        error(routes, IllegalArgumentException.class, 400);
        error(routes, StorageException.class, 503);
        // Not a conflict: who sent an outcome is to keep it and send it again.
        error(routes, UnavailableExperimentException.class, 503);
        routes.exception(Exception.class, (e, context) -> {
            LOG.log(Level.ERROR, context.method().name() + " " + context.path() + " failed", e);
            JsonErrors.answer(context, 500, "the service failed (" + e + "); its log says where");
        });
    }

    private static <E extends Exception> void error(RoutesConfig routes, Class<E> kind, int status) {
        routes.exception(kind, (e, context) -> JsonErrors.answer(context, status, e.getMessage()));
    }

    private void export(Context context) throws IOException {
        String id = id(context);
        service.describe(id);
        context.contentType("application/x-ndjson");
        PrintWriter out = new PrintWriter(context.outputStream(), false, StandardCharsets.UTF_8);
        service.export(id, line -> out.print(line + "\n"));
        out.flush();
    }

    private static String id(Context context) {
        return context.pathParam("id");
    }

    private static ObjectNode body(Context context) {
        return Json.object(context.body());
    }

    private static void json(Context context, int status, JsonNode answer) {
        json(context, status, answer.toString());
    }

    private static void json(Context context, int status, String text) {
        context.status(status).contentType("application/json").result(text);
    }

    /** Takes nothing new, and answers what it was asked. */
    @Override
    public void close() {
        server.stop();
    }
}
