package dev.steelyard.studio.web;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.EndpointNotFound;

/** Errors as JSON, {@code {"error": "what is wrong, where, and what to do"}}, the server's own ones too. */
public final class JsonErrors {

    private JsonErrors() {}

    /**
     * Answers what the server itself refuses.
     *
     * @param largestBody of a request, bytes; told to those who send more
     * @param option of the command line that sets it; told too
     */
    public static void install(JavalinConfig config, long largestBody, String option) {
        config.routes.exception(
                EndpointNotFound.class,
                (e, context) -> answer(
                        context,
                        404,
                        "there is nothing at " + context.method().name() + " " + context.path() + "; GET "
                                + OpenApi.PATH + " tells what there is"));
        config.routes.exception(
                HttpResponseException.class,
                (e, context) -> answer(
                        context,
                        e.getStatus(),
                        e.getStatus() == 413
                                ? "the body is larger than " + largestBody
                                        + " bytes; send less, or start the service with a larger limit, as by " + option
                                : e.getMessage()));
    }

    /** Answers an error. */
    public static void answer(Context context, int status, String message) {
        context.status(status)
                .contentType("application/json")
                .result(Json.object().put("error", message).toString());
    }
}
