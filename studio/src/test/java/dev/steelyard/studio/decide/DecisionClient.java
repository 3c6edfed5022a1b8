package dev.steelyard.studio.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steelyard.studio.web.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a decision server. */
final class DecisionClient {

    /** A connection that a server takes while it stops is never read; only the end of a process would close it. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;

    DecisionClient(DecisionServer server) {
        this.address = "http://127.0.0.1:" + server.port();
    }

    record Answer(int status, String type, String text) {

        JsonNode json() {
            return Json.read(text);
        }

        /** What is wrong, by an error that is JSON. */
        String error() {
            assertThat(type).as(text).isEqualTo("application/json");
            return json().get("error").asText();
        }
    }

    Answer send(String method, String path, String body, String... headers) throws IOException, InterruptedException {
        return send(method, path, HttpRequest.BodyPublishers.ofString(body), headers);
    }

    /** A body whose length is not told beforehand. */
    Answer stream(String method, String path, String body) throws IOException, InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return send(method, path, HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
    }

    private Answer send(String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse("none"),
                response.body());
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }
}
