package dev.steelyard.benchmarks.studio;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.steelyard.ranking.krank.KRank;
import dev.steelyard.ranking.krank.KRankOptions;
import dev.steelyard.studio.arena.Arena;
import dev.steelyard.studio.arena.ArenaOptions;
import dev.steelyard.studio.arena.ArenaServer;
import dev.steelyard.studio.arena.ArenaServerOptions;
import dev.steelyard.studio.arena.Catalogue;
import dev.steelyard.studio.decide.DecisionServer;
import dev.steelyard.studio.decide.DecisionService;
import dev.steelyard.studio.decide.ServerOptions;
import dev.steelyard.studio.web.ApiKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Both services under load: decisions with their feedback, decisions alone, and votes, each of them on disk before it is
 * acknowledged. Service and clients are one process on the same processors, on the loopback interface; the program ends by
 * itself. {@code forces} is the disk's limit: small appends that are forced, one after the other.
 *
 * <p>Arguments, all optional: the clients ({@code 1,8,64}), the turns of each setting at most (20000) and its seconds at
 * most (10).
 */
public final class ServiceLoad {

    private static final JsonMapper JSON = new JsonMapper();
    private static final double UNLIMITED = 1e9;
    private static final long LARGEST_BODY = 65_536;
    private static final int ITEMS = 20;
    private static final int FORCES = 500;
    private static final int APPENDED_BYTES = 256;

    private final int[] clients;
    private final long turns;
    private final double seconds;

    private ServiceLoad(int[] clients, long turns, double seconds) {
        this.clients = clients;
        this.turns = turns;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws IOException {
        ServiceLoad load = new ServiceLoad(
                Load.clients(arguments.length > 0 ? arguments[0] : "1,8,64"),
                arguments.length > 1 ? Long.parseLong(arguments[1]) : 20_000,
                arguments.length > 2 ? Double.parseDouble(arguments[2]) : 10);
        Path folder = Files.createTempDirectory("service-load");
        try {
            System.out.printf(
                    "%-32s %8s %10s %12s %10s %10s%n", "", "clients", "turns", "a second", "p50 ms", "p99 ms");
            load.forces(folder);
            load.decisions(folder);
            load.votes(folder);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private void forces(Path folder) throws IOException {
        try (FileChannel file =
                FileChannel.open(folder.resolve("forces"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            for (int i = 0; i < FORCES; i++) {
                file.write(ByteBuffer.allocate(APPENDED_BYTES));
                file.force(false);
            }
            double taken = (System.nanoTime() - start) * 1e-9;
            System.out.printf("%-32s %8d %10d %12.0f%n", "forces", 1, FORCES, FORCES / taken);
        }
    }

    private void decisions(Path folder) throws IOException {
        try (DecisionService service = new DecisionService(folder.resolve("decide.db"));
                DecisionServer server = new DecisionServer(
                        service, new ServerOptions("127.0.0.1", 0, ApiKeys.none(), UNLIMITED, LARGEST_BODY))) {
            for (String learner : List.of("ucb1", "thompson")) {
                for (int arms : new int[] {10, 100}) {
                    String id = learner + "-" + arms;
                    try (Connection connection = new Connection(server.port())) {
                        connection.post(
                                "/experiments",
                                "{\"id\": \"" + id + "\", \"learner\": \"" + learner + "\", \"options\": {\"arms\": "
                                        + arms + "}}");
                    }
                    measure(id + ", decision + feedback", server.port(), () -> pair("/experiments/" + id));
                }
            }
            measure(
                    "ucb1-10, decision",
                    server.port(),
                    () -> connection -> connection.post("/experiments/ucb1-10/decisions", "{}"));
        }
    }

    private static Client pair(String experiment) {
        return connection -> {
            long id = JSON.readTree(connection.post(experiment + "/decisions", "{}"))
                    .get("id")
                    .longValue();
            connection.post(experiment + "/feedback", "{\"decision\": " + id + ", \"outcome\": " + (id & 1) + "}");
        };
    }

    private void votes(Path folder) throws IOException {
        Path outputs = folder.resolve("outputs");
        for (int item = 0; item < ITEMS; item++) {
            Path own = Files.createDirectories(outputs.resolve("item-" + item));
            Files.writeString(own.resolve("fox.txt"), "The fox, as written by number " + item + ".");
        }
        Files.writeString(outputs.resolve("prompts.csv"), "prompt,text\nfox,Write of a fox.\n");
        try (Arena arena = new Arena(
                        "jdbc:sqlite:" + folder.resolve("arena.db"),
                        Catalogue.read(outputs, false),
                        () -> new KRank(KRankOptions.defaults()),
                        ArenaOptions.defaults());
                ArenaServer server = new ArenaServer(
                        arena, new ArenaServerOptions("127.0.0.1", 0, ApiKeys.none(), UNLIMITED, LARGEST_BODY))) {
            measure("arena, ballot + vote", server.port(), () -> connection -> {
                String token = JSON.readTree(connection.post("/api/ballots", "{}"))
                        .get("token")
                        .textValue();
                connection.post("/api/ballots/" + token + "/vote", "{\"ranks\": [0, 1, 2, 3]}");
            });
        }
    }

    private void measure(String name, int port, Supplier<Client> client) throws IOException {
        new Load(1, turns, seconds / 5).run(port, client);
        for (int each : clients) {
            Load.Result result = new Load(each, turns, seconds).run(port, client);
            System.out.printf(
                    "%-32s %8d %10d %12.0f %10.2f %10.2f%n",
                    name, each, result.turns(), result.perSecond(), result.median(), result.percentile99());
        }
    }
}
