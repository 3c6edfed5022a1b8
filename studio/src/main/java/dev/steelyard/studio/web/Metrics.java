package dev.steelyard.studio.web;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A service's numbers in the text format of Prometheus: its requests, and what else is put into {@link #registry()}. */
public final class Metrics {

    /** Where a service gives them. */
    public static final String PATH = "/metrics";

    private static final double[] SECONDS = {.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("steelyard_http_requests_total")
            .help("Requests that were answered.")
            .labelNames("method", "route", "status")
            .register(registry);
    private final Histogram latency = Histogram.builder()
            .name("steelyard_http_request_seconds")
            .help("Time from a request to its answer.")
            .labelNames("method", "route")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);

    /** For numbers of the service's own. */
    public PrometheusRegistry registry() {
        return registry;
    }

    /** Bounds of a histogram of times, seconds. */
    public static double[] seconds() {
        return SECONDS.clone();
    }

    /** Counts all requests, and serves the numbers. */
    public void install(JavalinConfig config) {
        config.requestLogger.http((context, milliseconds) -> count(context, milliseconds));
        config.routes.get(
                PATH,
                context -> context.contentType(PrometheusTextFormatWriter.CONTENT_TYPE)
                        .result(text()),
                Access.LOOK);
    }

    private void count(Context context, float milliseconds) {
        Endpoint endpoint = context.endpoints().lastHttpEndpoint();
        // Paths that nothing serves are anybody's to make up: one label for all of them.
        String route = endpoint == null ? "none" : endpoint.path;
        String method = endpoint == null ? "none" : endpoint.method.name();
        requests.labelValues(method, route, String.valueOf(context.statusCode()))
                .inc();
        latency.labelValues(method, route).observe(milliseconds / 1000);
    }

    /** All numbers now. */
    public String text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
