package dev.steelyard.cli;

import dev.steelyard.studio.decide.DecisionServer;
import dev.steelyard.studio.decide.DecisionService;
import dev.steelyard.studio.decide.ServerOptions;
import dev.steelyard.studio.web.ApiKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves decisions. */
@Command(
        name = "serve",
        description =
                "Serve decisions by HTTP and JSON; GET /openapi.json describes it. Everything acknowledged is on disk.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard decide serve --data decide.db",
            "  curl -d '{\"id\":\"banner\",\"learner\":\"thompson\",\"arms\":[\"red\",\"blue\"]}'"
                    + " localhost:7700/experiments",
            "  curl -X POST localhost:7700/experiments/banner/decisions",
            "  curl -d '{\"decision\":0,\"outcome\":{\"reward\":1}}' localhost:7700/experiments/banner/feedback"
        })
final class DecideServeCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Option(
            names = "--data",
            paramLabel = "FILE_OR_URL",
            defaultValue = "decide.db",
            description = "SQLite file of experiments and log, or a database as jdbc:postgresql://host/name, whose user"
                    + " and password may stand in PGUSER and PGPASSWORD (default: decide.db).")
    private String data;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            defaultValue = "127.0.0.1",
            description = "Address (default: 127.0.0.1).")
    private String host;

    @Option(names = "--port", paramLabel = "N", defaultValue = "7700", description = "Port (default: 7700).")
    private int port;

    @Option(
            names = "--api-keys",
            paramLabel = "FILE",
            description =
                    "Keys, one a line, of which the header X-API-Key must hold one; 'read-only KEY' gives one that may"
                            + " look, evaluate and export only. Without, anybody may ask.")
    private Path keys;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Most requests a second of a key, or of an address without keys (default: 20000).")
    private double rate;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            defaultValue = "65536",
            description = "Largest body of a request (default: 65536).")
    private long largestBody;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ServerOptions options =
                new ServerOptions(host, port, keys == null ? ApiKeys.none() : ApiKeys.read(keys), rate, largestBody);
        CountDownLatch never = new CountDownLatch(1);
        try (StopOnSignal signal = StopOnSignal.watch("stopping; what was asked is still answered");
                DecisionService service = new DecisionService(data);
                DecisionServer server = new DecisionServer(service, options)) {
            Map<String, String> unavailable = service.unavailable();
            unavailable.values().forEach(reason -> spec.commandLine().getErr().println("steelyard: " + reason + "."));
            spec.commandLine().getErr().flush();
            int taken = service.size() - unavailable.size();
            spec.commandLine()
                    .getOut()
                    .println("Decisions at http://" + host + ":" + server.port() + ", kept in " + service.place() + "; "
                            + taken + (taken == 1 ? " experiment" : " experiments") + " taken up, "
                            + (unavailable.isEmpty() ? "" : unavailable.size() + " unavailable, ")
                            + (options.apiKeys().isEmpty() ? "no API key needed" : options.apiKeys())
                            + ". Stop with Ctrl-C; nothing acknowledged is lost.");
            spec.commandLine().getOut().flush();
            never.await();
        } catch (InterruptedException stopped) {
            // How a service ends.
        }
        return 0;
    }
}
