package dev.steelyard.studio.arena;

import dev.steelyard.studio.web.Access;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The pages, which lie beside this class as they are served. */
final class Pages {

    private static final Map<String, String> FILES = Map.of(
            "/", "vote.html",
            "/leaderboard", "leaderboard.html",
            "/assets/arena.css", "arena.css",
            "/assets/arena.svg", "arena.svg",
            "/assets/vote.js", "vote.js",
            "/assets/leaderboard.js", "leaderboard.js");

    private Pages() {}

    static void route(JavalinConfig config) {
        FILES.forEach((path, file) -> {
            byte[] content = content(file);
            config.routes.get(path, context -> context.contentType(type(file)).result(content), Access.OPEN);
        });
    }

    private static String type(String file) {
        String ending = file.substring(file.lastIndexOf('.') + 1);
        return switch (ending) {
            case "svg" -> "image/svg+xml";
            case "js" -> "text/javascript; charset=utf-8";
            default -> "text/" + ending + "; charset=utf-8";
        };
    }

    private static byte[] content(String file) {
        try (InputStream in = Pages.class.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(file + " is not in the jar", e);
        }
    }
}
