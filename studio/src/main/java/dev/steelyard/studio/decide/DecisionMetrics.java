package dev.steelyard.studio.decide;

import dev.steelyard.studio.storage.GroupCommit;
import dev.steelyard.studio.web.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.ToLongFunction;

/** The decision service's own numbers: what each experiment did, and how the log is written. */
final class DecisionMetrics implements GroupCommit.Listener {

    private static final int LARGEST_BATCH_POWER = 11;

    private final Metrics metrics = new Metrics();
    private final Histogram writes = Histogram.builder()
            .name("steelyard_log_commit_writes")
            .help("Writes that one commit of the log put on disk.")
            .classicOnly()
            .classicExponentialUpperBounds(1, 2, LARGEST_BATCH_POWER)
            .register(metrics.registry());
    private final Histogram seconds = Histogram.builder()
            .name("steelyard_log_commit_seconds")
            .help("Time that one commit of the log took.")
            .classicOnly()
            .classicUpperBounds(Metrics.seconds())
            .register(metrics.registry());
    private final Counter failures = Counter.builder()
            .name("steelyard_log_commit_failures_total")
            .help("Commits of the log that failed; nothing of them was acknowledged.")
            .register(metrics.registry());

    @Override
    public void committed(int count, long nanos) {
        writes.observe(count);
        seconds.observe(nanos * 1e-9);
    }

    @Override
    public void failed(int count) {
        failures.inc();
    }

    /** Tells what the experiments of a service did. */
    Metrics of(DecisionService service) {
        PrometheusRegistry registry = metrics.registry();
        counter(registry, service, "steelyard_decisions_total", "Decisions made.", Experiment.Counts::decisions);
        counter(registry, service, "steelyard_feedback_total", "Outcomes learnt.", Experiment.Counts::outcomes);
        counter(registry, service, "steelyard_expired_total", "Decisions given up.", Experiment.Counts::expired);
        GaugeWithCallback.builder()
                .name("steelyard_pending_decisions")
                .help("Decisions that wait for their outcome.")
                .labelNames("experiment")
                .callback(gauge -> service.counts((id, counts) -> gauge.call((double) counts.open(), id)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("steelyard_unavailable_experiments")
                .help("Experiments whose log this version cannot replay.")
                .callback(gauge -> gauge.call(service.unavailable().size()))
                .register(registry);
        return metrics;
    }

    private static void counter(
            PrometheusRegistry registry,
            DecisionService service,
            String name,
            String help,
            ToLongFunction<Experiment.Counts> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("experiment")
                .callback(
                        counter -> service.counts((id, counts) -> counter.call((double) value.applyAsLong(counts), id)))
                .register(registry);
    }
}
