package dev.steelyard.studio.arena;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steelyard.ranking.Leaderboard;
import dev.steelyard.studio.web.Access;
import dev.steelyard.studio.web.Json;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What voters ask: a ballot, its outputs, the vote, the leaderboard. No answer before the vote holds a name. */
final class VotingRoutes {

    private static final String COOKIE = "arena-voter";
    private static final int A_YEAR = 365 * 24 * 3600;
    private static final int LARGEST_VOTE = 4096;

    private final Arena arena;

    VotingRoutes(Arena arena) {
        this.arena = arena;
    }

    void route(JavalinConfig config) {
        config.routes.post("/api/ballots", this::hand, Access.OPEN);
        config.routes.get("/api/ballots/{token}/outputs/{position}", this::output, Access.OPEN);
        config.routes.post("/api/ballots/{token}/vote", this::vote, Access.OPEN);
        config.routes.post("/api/ballots/{token}/skip", this::skip, Access.OPEN);
        config.routes.get("/api/leaderboard", this::leaderboard, Access.OPEN);
        config.routes.get("/api/health", this::health, Access.OPEN);
    }

    private void health(Context context) {
        try {
            arena.check();
            answer(context, Json.object().put("status", "up"));
        } catch (IllegalStateException e) {
            context.status(503);
            answer(context, Json.object().put("status", "down").put("error", e.getMessage()));
        }
    }

    /** The voter's name in the log; a browser that comes for the first time gets a cookie. */
    private static String voter(Context context) {
        String secret = context.cookie(COOKIE);
        if (!Secrets.isOne(secret)) {
            secret = Secrets.next();
            Cookie cookie = new Cookie(COOKIE, secret);
            cookie.setPath("/");
            cookie.setMaxAge(A_YEAR);
            cookie.setHttpOnly(true);
            cookie.setSameSite(SameSite.STRICT);
            context.cookie(cookie);
        }
        return Secrets.publicName(secret);
    }

    private void hand(Context context) {
        OpenBallot ballot = arena.hand(voter(context));
        ObjectNode json = Json.object()
                .put("title", arena.options().title())
                .put("mode", arena.options().mode().name().toLowerCase(Locale.ROOT))
                .put("token", ballot.token())
                .put("prompt", arena.catalogue().prompt(ballot.prompt()).text());
        ArrayNode outputs = json.putArray("outputs");
        for (String item : ballot.items()) {
            Output output = arena.catalogue().output(item, ballot.prompt());
            ObjectNode shown =
                    outputs.addObject().put("kind", output.kind().name().toLowerCase(Locale.ROOT));
            if (output.kind() == Output.Kind.TEXT) {
                shown.put("text", text(output));
            }
        }
        answer(context, json);
    }

    private static String text(Output output) {
        try {
            return output.file().isPresent() ? Files.readString(output.file().get()) : output.text();
        } catch (IOException e) {
            throw new IllegalStateException(output.file().orElseThrow() + " cannot be read as UTF-8 text", e);
        }
    }

    private void output(Context context) throws IOException {
        OpenBallot ballot = arena.ballot(context.pathParam("token"), voter(context));
        int position = position(context.pathParam("position"), ballot.items().size());
        Path file = arena.catalogue()
                .output(ballot.items().get(position), ballot.prompt())
                .file()
                .orElseThrow(
                        () -> new IllegalArgumentException("output " + position + " is a text; it is on the ballot"));
        new MediaFile(file).answer(context);
    }

    private static int position(String text, int outputs) {
        // More than one digit is more outputs than a ballot has.
        if (text.length() != 1 || text.charAt(0) < '0' || text.charAt(0) >= '0' + outputs) {
            throw new IllegalArgumentException("the ballot shows outputs 0 to " + (outputs - 1) + ", not " + text);
        }
        return text.charAt(0) - '0';
    }

    /** A vote is short: what is longer is not read. */
    private static String body(Context context) throws IOException {
        byte[] read = context.bodyInputStream().readNBytes(LARGEST_VOTE + 1);
        if (read.length > LARGEST_VOTE) {
            throw new IllegalArgumentException("a vote has at most " + LARGEST_VOTE + " bytes; send the ranks only");
        }
        return new String(read, StandardCharsets.UTF_8);
    }

    private void vote(Context context) throws IOException {
        ObjectNode body = Json.object(body(context));
        Json.requireOnly(body, List.of("ranks", "best"));
        if (body.size() > 1) {
            throw new IllegalArgumentException("the vote has both 'ranks' and 'best'; send one of them");
        }
        String token = context.pathParam("token");
        String voter = voter(context);
        OpenBallot ballot = arena.vote(token, voter, ranks(body, arena.ballot(token, voter)));
        ObjectNode json = Json.object().put("counted", true);
        json.put("votes", arena.votes());
        if (arena.options().reveal()) {
            ballot.items().forEach(json.putArray("names")::add);
        }
        answer(context, json);
    }

    private List<Integer> ranks(JsonNode body, OpenBallot ballot) {
        if (body.has("best")) {
            int best = integer(body.get("best"), "best");
            if (best < 0 || best >= ballot.items().size()) {
                throw new IllegalArgumentException("best must be the position of an output, 0 to "
                        + (ballot.items().size() - 1));
            }
            List<Integer> ranks =
                    new ArrayList<>(Collections.nCopies(ballot.items().size(), 1));
            ranks.set(best, 0);
            return ranks;
        }
        if (!body.path("ranks").isArray()) {
            throw new IllegalArgumentException(
                    "the vote has neither 'ranks' nor 'best'; send {\"ranks\": [0, 1, 1, 2]}, one an output, 0 best");
        }
        List<Integer> ranks = new ArrayList<>();
        body.get("ranks").forEach(rank -> ranks.add(integer(rank, "a rank")));
        return ranks;
    }

    private static int integer(JsonNode node, String name) {
        if (!node.isInt()) {
            throw new IllegalArgumentException(name + " must be an integer, not " + node);
        }
        return node.intValue();
    }

    private void skip(Context context) {
        arena.skip(context.pathParam("token"), voter(context));
        answer(context, Json.object().put("skipped", true));
    }

    private void leaderboard(Context context) {
        Standings standings = arena.standings();
        ObjectNode json = Json.object()
                .put("title", arena.options().title())
                .put("model", standings.model())
                .put("version", standings.version())
                .put("votes", standings.votes())
                .put("voters", standings.voters())
                .put("open", standings.open());
        json.set("convergence", convergence(standings.board().convergence()));
        ArrayNode rows = json.putArray("leaderboard");
        for (Leaderboard.Entry entry : standings.board().entries()) {
            ObjectNode row = rows.addObject()
                    .put("rank", entry.rank())
                    .put("item", entry.item())
                    .put("votes", entry.votes());
            put(row, "score", entry.score());
            put(row, "mean", entry.rating().mean());
            put(row, "deviation", entry.rating().deviation());
            put(row, "lower", entry.lower());
            put(row, "upper", entry.upper());
        }
        ArrayNode history = json.putArray("history");
        for (ConvergencePoint point : standings.history()) {
            history.add(convergence(point.convergence()).put("votes", point.votes()));
        }
        answer(context, json);
    }

    private static ObjectNode convergence(Leaderboard.Convergence convergence) {
        ObjectNode json = Json.object();
        put(json, "largestDeviation", convergence.largestDeviation());
        put(json, "settledNeighbours", convergence.settledNeighbours());
        put(json, "meanConfidence", convergence.meanConfidence());
        return json;
    }

    /** JSON has no NaN: what a model does not give is null. */
    static void put(ObjectNode json, String name, double value) {
        json.put(name, Double.isFinite(value) ? (Double) value : null);
    }

    static void answer(Context context, ObjectNode json) {
        context.header("Cache-Control", "no-store")
                .contentType("application/json")
                .result(json.toString());
    }
}
