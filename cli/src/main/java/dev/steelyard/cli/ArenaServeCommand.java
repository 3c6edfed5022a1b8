package dev.steelyard.cli;

import dev.steelyard.studio.arena.Arena;
import dev.steelyard.studio.arena.ArenaOptions;
import dev.steelyard.studio.arena.ArenaServer;
import dev.steelyard.studio.arena.ArenaServerOptions;
import dev.steelyard.studio.arena.Catalogue;
import dev.steelyard.studio.web.ApiKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a voting arena. */
@Command(
        name = "serve",
        description = {
            "Serve pages where people see outputs without names and rank them, and a leaderboard that follows.",
            "Outputs are a folder <item>/<prompt>.<ending> (text, image, audio or video; prompts.csv with prompt and"
                    + " text says what to show above), a folder of files, each an item, or a CSV of model, prompt, and"
                    + " text or file. A vote that was acknowledged is on disk."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  steelyard arena serve --items outputs",
            "  steelyard arena serve --items answers.csv --mode best --size 2 --data answers.db",
            "  curl localhost:7701/api/votes > votes.jsonl",
            "  curl -H 'Content-Type: text/csv' --data-binary @votes.csv localhost:7701/api/votes",
            "  steelyard arena rank votes.jsonl"
        })
final class ArenaServeCommand implements Callable<Integer> {

    @Mixin
    private Common common;

    @Option(names = "--items", paramLabel = "DIR_OR_CSV", required = true, description = "What is shown.")
    private Path items;

    @Option(
            names = "--data",
            paramLabel = "FILE_OR_URL",
            defaultValue = "arena.db",
            description = "SQLite file of the votes, or a database as jdbc:postgresql://host/name (default: arena.db).")
    private String data;

    @Option(
            names = "--host",
            paramLabel = "NAME",
            defaultValue = "127.0.0.1",
            description = "Address; 0.0.0.0 for all (default: 127.0.0.1).")
    private String host;

    @Option(names = "--port", paramLabel = "N", defaultValue = "7701", description = "Port (default: 7701).")
    private int port;

    @Option(names = "--title", paramLabel = "TEXT", defaultValue = "Arena", description = "Shown on the pages.")
    private String title;

    @Option(
            names = "--size",
            paramLabel = "K",
            defaultValue = "4",
            description = "Outputs on a ballot, 2 to 8 (default: 4, or all items where there are fewer).")
    private int size;

    @Option(
            names = "--mode",
            paramLabel = "WAY",
            defaultValue = "both",
            description = "rank: voters rank all; best: they pick one; both: they choose the way (default: both).")
    private String mode;

    @Option(
            names = "--timeout",
            paramLabel = "MINUTES",
            defaultValue = "30",
            description = "How long a ballot waits for its vote (default: 30).")
    private long timeout;

    @Option(names = "--reveal", description = "Tell voters the names after each vote.")
    private boolean reveal;

    @Option(names = "--skip-incomplete", description = "Leave out prompts for which an item has no output.")
    private boolean skipIncomplete;

    @Option(
            names = "--api-keys",
            paramLabel = "FILE",
            description =
                    "Keys, one a line, of which the header X-API-Key must hold one to import, export, retire items and"
                            + " withdraw votes; 'read-only KEY' gives one that may export only. Without, only a"
                            + " loopback address allows these.")
    private Optional<Path> keys;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Most requests a second of an address (default: 200).")
    private double rate;

    @Option(
            names = "--max-import",
            paramLabel = "BYTES",
            defaultValue = "" + ArenaServerOptions.LARGEST_IMPORT,
            description = "Largest file of votes that is imported (default: ${DEFAULT-VALUE}).")
    private long largestImport;

    @Mixin
    private RatingOptions rating;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ArenaServerOptions where = new ArenaServerOptions(
                host, port, keys.isPresent() ? ApiKeys.read(keys.get()) : ApiKeys.none(), rate, largestImport);
        ArenaOptions options =
                new ArenaOptions(title, size, mode(), Duration.ofMinutes(timeout), reveal, System.nanoTime());
        rating.model(); // a wrong name is told before anything is opened
        Catalogue catalogue = Catalogue.read(items, skipIncomplete);
        CountDownLatch never = new CountDownLatch(1);
        try (StopOnSignal signal = StopOnSignal.watch("stopping; what was asked is still answered");
                Arena arena = new Arena(url(), catalogue, rating::model, options);
                ArenaServer server = new ArenaServer(arena, where)) {
            spec.commandLine()
                    .getOut()
                    .println(catalogue.items().size() + " items, "
                            + catalogue.prompts().size()
                            + (catalogue.prompts().size() == 1 ? " prompt, " : " prompts, ")
                            + arena.standings().votes() + " votes so far. Vote at http://" + host + ":"
                            + server.port() + ", see the order at http://" + host + ":" + server.port()
                            + "/leaderboard. Votes are kept in " + data
                            + ". Stop with Ctrl-C; no vote that was counted is lost.");
            spec.commandLine().getOut().flush();
            never.await();
        } catch (InterruptedException stopped) {
            // How a service ends.
        }
        return 0;
    }

    private String url() {
        return data.startsWith("jdbc:") ? data : "jdbc:sqlite:" + Path.of(data).toAbsolutePath();
    }

    private ArenaOptions.Mode mode() {
        try {
            return ArenaOptions.Mode.valueOf(mode.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--mode is rank, best or both, not '" + mode + "'", e);
        }
    }
}
