package dev.steelyard.studio.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;

/** Whether a service can acknowledge anything now. */
public final class Health {

    /** Where a service says it. */
    public static final String PATH = "/health";

    private final Runnable check;

    /** @param check throws, saying why, when the service can acknowledge nothing */
    public Health(Runnable check) {
        this.check = check;
    }

    /** Serves it to anybody. */
    public void install(JavalinConfig config) {
        config.routes.get(PATH, this::answer, Access.OPEN);
    }

    private void answer(Context context) {
        ObjectNode json = Json.object();
        try {
            check.run();
            json.put("status", "up");
        } catch (IllegalStateException e) {
            context.status(503);
            json.put("status", "down").put("error", e.getMessage());
        }
        context.header("Cache-Control", "no-store")
                .contentType("application/json")
                .result(json.toString());
    }
}
