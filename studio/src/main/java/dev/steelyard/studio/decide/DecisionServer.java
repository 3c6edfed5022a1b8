package dev.steelyard.studio.decide;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.online.InvalidOutcomeException;
import dev.steelyard.online.UnknownDecisionException;
import dev.steelyard.studio.web.ApiKeys;
import dev.steelyard.studio.web.Json;
import dev.steelyard.studio.web.JsonErrors;
import dev.steelyard.studio.web.OpenApi;
import dev.steelyard.studio.web.RateLimit;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.TooManyRequestsResponse;
import io.javalin.http.UnauthorizedResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** {@link DecisionService} by HTTP and JSON; {@code GET /openapi.json} says all there is. */
public final class DecisionServer implements AutoCloseable {

    static final OpenApi DOCUMENT = OpenApi.beside(DecisionServer.class, "openapi.json");

    private final DecisionService service;
    private final ServerOptions options;
    private final RateLimit rate;
    private final Javalin server;

    /** Starts; the service stays the caller's to close. */
    public DecisionServer(DecisionService service, ServerOptions options) {
        this.service = service;
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
        config.http.maxRequestSize = options.largestBody();
        config.concurrency.useVirtualThreads = true;
        config.routes.before(this::admit);
        config.routes.get(OpenApi.PATH, context -> json(context, 200, DOCUMENT.text()));
        config.routes.get(
                "/learners", context -> json(context, 200, service.learners().toString()));
        config.routes.get(
                "/experiments", context -> json(context, 200, service.list().toString()));
        config.routes.post(
                "/experiments",
                context -> json(
                        context, 201, service.create(Json.object(body(context))).toString()));
        config.routes.get(
                "/experiments/{id}",
                context -> json(
                        context, 200, service.describe(context.pathParam("id")).toString()));
        config.routes.get(
                "/experiments/{id}/state",
                context -> json(
                        context, 200, service.state(context.pathParam("id")).toString()));
        config.routes.post("/experiments/{id}/decisions", this::decide);
        config.routes.post(
                "/experiments/{id}/feedback",
                context -> json(
                        context,
                        200,
                        service.feedback(context.pathParam("id"), Json.object(body(context)))
                                .toString()));
        config.routes.post(
                "/experiments/{id}/evaluate",
                context -> json(
                        context,
                        200,
                        service.evaluate(context.pathParam("id"), Json.object(body(context)))
                                .toString()));
        config.routes.get("/experiments/{id}/log", this::export);
        errors(config);
    }

    private void errors(JavalinConfig config) {
        JsonErrors.install(config, options.largestBody());
        config.routes.exception(
                UnknownExperimentException.class, (e, context) -> JsonErrors.answer(context, 404, e.getMessage()));
        config.routes.exception(
                UnknownDecisionException.class, (e, context) -> JsonErrors.answer(context, 404, e.getMessage()));
        config.routes.exception(
                ConflictException.class, (e, context) -> JsonErrors.answer(context, 409, e.getMessage()));
        config.routes.exception(
                InvalidOutcomeException.class, (e, context) -> JsonErrors.answer(context, 422, e.getMessage()));
        config.routes.exception(
                IllegalArgumentException.class, (e, context) -> JsonErrors.answer(context, 400, e.getMessage()));
        config.routes.exception(
                IllegalStateException.class, (e, context) -> JsonErrors.answer(context, 503, e.getMessage()));
    }

    private void admit(Context context) {
        if (context.path().equals(OpenApi.PATH)) {
            return;
        }
        String key = context.header(ApiKeys.HEADER);
        if (!options.apiKeys().isEmpty() && !options.apiKeys().knows(key)) {
            throw new UnauthorizedResponse("the header " + ApiKeys.HEADER + " must hold an API key");
        }
        if (!rate.admits(options.apiKeys().isEmpty() ? context.ip() : key, System.nanoTime())) {
            throw new TooManyRequestsResponse(
                    "more than " + options.requestsPerSecond() + " requests a second; wait, and try again");
        }
    }

    private void decide(Context context) {
        JsonNode request = Json.object(body(context));
        json(
                context,
                200,
                service.decide(context.pathParam("id"), request.path("context")).toString());
    }

    private void export(Context context) throws IOException {
        String id = context.pathParam("id");
        service.describe(id);
        context.contentType("application/x-ndjson");
        PrintWriter out = new PrintWriter(context.outputStream(), false, StandardCharsets.UTF_8);
        service.export(id, out::println);
        out.flush();
    }

    private static String body(Context context) {
        return context.body();
    }

    private static void json(Context context, int status, String text) {
        context.status(status).contentType("application/json").result(text);
    }

    /** What is served, for holding it against the document. */
    Javalin javalin() {
        return server;
    }

    @Override
    public void close() {
        server.stop();
    }
}
